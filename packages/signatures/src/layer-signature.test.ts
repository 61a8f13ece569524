import { fromRows, matrix, multiply, pivotedCholesky, qr, transpose } from '@dead-directions/linalg'
import { standardNormals } from '@dead-directions/network'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { layerSignature } from './layer-signature.ts'

const [rows, cols] = [12, 5]

/** Orthonormal columns. */
const orthonormal = (seed: number, rows: number, cols: number) => qr(matrix(rows, cols, standardNormals(seed, rows * cols))).q

const withValues = (values: readonly number[], seed = 1) => {
  const left = orthonormal(seed, rows, cols)
  return { rows, cols, data: left.data.map((x, i) => x * (values[i % cols] as number)) }
}

const sizes = fc.array(fc.double({ min: -12, max: 3, noNaN: true }), { minLength: cols, maxLength: cols }).map(exponents => exponents.map(exponent => 10 ** exponent))

test('the values of a matrix with orthogonal columns are their lengths, the active volume the sum of their logarithms', () => {
  fc.assert(
    fc.property(sizes, fc.integer({ min: 1, max: 1e6 }), (lengths, seed) => {
      const { singularValues, activeVolume, bottom, rank, threshold } = layerSignature(withValues(lengths, seed))
      const expected = [...lengths].sort((a, b) => b - a)
      const kept = expected.filter(length => length > 1.001 * threshold)
      fc.pre(expected.filter(length => length > threshold / 1.001).length === kept.length)
      expected.forEach((length, i) => expect(Math.abs((singularValues[i] as number) / length - 1)).toBeLessThan(1e-9))
      expect(rank).toBe(kept.length)
      expect(activeVolume.value).toBeCloseTo(kept.reduce((sum, length) => sum + 2 * Math.log(length), 0), 8)
      expect(Math.abs(bottom.value - (expected.at(-1) as number))).toBeLessThan(bottom.error)
    }),
  )
})

test.each([1, 2, 3, 4, 5])('%i equal values and zeros have that effective rank', count => {
  const signature = layerSignature(fromRows(Array.from({ length: 7 }, (_, i) => Array.from({ length: 5 }, (_, j) => (i === j && i < count ? 3 : 0)))))
  expect(signature.effectiveRank.value).toBeCloseTo(count, 12)
  expect(signature.rank).toBe(count)
})

test('shares of 1/2, 1/4, 1/4 have effective rank 2^1.5', () => {
  expect(layerSignature(fromRows([[Math.SQRT2, 0, 0], [0, 1, 0], [0, 0, 1]])).effectiveRank.value).toBeCloseTo(2 ** 1.5, 12)
})

test('noise of the stated precision moves every estimate by less than its error', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.constantFrom(1e-7, 1e-10), (seed, epsilon) => {
      const data = withValues([2, 1, 0.3, 1e-2, 1e-3], seed)
      const noise = standardNormals(seed + 1, rows * cols)
      const exact = layerSignature(data, { epsilon })
      const rounded = layerSignature({ ...data, data: data.data.map((x, i) => x * (1 + epsilon * Math.tanh(noise[i] as number))) }, { epsilon })
      for (const name of ['bottom', 'effectiveRank', 'activeVolume'] as const) {
        expect(Math.abs(rounded[name].value - exact[name].value)).toBeLessThanOrEqual(exact[name].error)
      }
    }),
  )
})

test('of a Gram matrix the factor of its pivoted Cholesky decomposition has the values of the data', () => {
  const data = withValues([2, 1, 0.3, 1e-2, 1e-3])
  const { l } = pivotedCholesky(multiply(transpose(data), data))
  const [fromData, fromGram] = [layerSignature(data), layerSignature(l)]
  expect(fromGram.activeVolume.value).toBeCloseTo(fromData.activeVolume.value, 7)
})

test('the active volume of half the samples and of a wide matrix is over the values there are', () => {
  const wide = layerSignature(fromRows([[3, 0, 0], [0, 4, 0]]))
  expect(wide.activeVolume.value).toBeCloseTo(Math.log(144), 12)
  expect([wide.rank, wide.bottom.value]).toEqual([2, 0])
})

test('refuses no entries and zeros only', () => {
  expect(() => layerSignature(matrix(0, 3))).toThrow('data: got 0 × 3, expected at least one entry')
  expect(() => layerSignature(matrix(2, 3))).toThrow('data: got zeros only')
})
