import { exactData, exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import { forward, initialParameters, parameterTensors, type ParameterValues, standardNormals, uniforms } from '@dead-directions/network'
import type { GaugeDeclaration, TensorData, UnitBlock } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { chainOf } from '../test/chain.ts'
import { gauges } from './gauges.ts'
import type { AttentionSpec } from './spec.ts'

beforeAll(() => nodeBackend.install())

type Square = readonly (readonly number[])[]

const product = (a: Square, b: Square): number[][] => a.map(row => Array.from(b[0] ?? [], (_, j) => row.reduce((sum, value, l) => sum + value * (b[l]?.[j] as number), 0)))
const transpose = (a: Square): number[][] => a.map((_, j) => a.map(row => row[j] as number))

/** A random element and its inverse: a product of reflections around a diagonal, or a rotation per pair. */
function element(kind: GaugeDeclaration['kind'], units: number, seed: number): readonly [Square, Square] {
  if (kind === 'phase') {
    const angles = uniforms(seed, units / 2).map(u => 2 * Math.PI * u)
    const pairs = Array.from({ length: units }, (_, i) =>
      Array.from({ length: units }, (_, j) => {
        const angle = angles[Math.floor(i / 2)] as number
        return Math.floor(i / 2) !== Math.floor(j / 2) ? 0 : i === j ? Math.cos(angle) : i < j ? -Math.sin(angle) : Math.sin(angle)
      }),
    )
    return [pairs, transpose(pairs)]
  }
  if (kind === 'permutation') {
    const cycle = Array.from({ length: units }, (_, i) => Array.from({ length: units }, (_, j) => (j === (i + 1) % units ? 1 : 0)))
    return [cycle, transpose(cycle)]
  }
  const reflection = (from: number): number[][] => {
    const u = standardNormals(from, units)
    const square = u.reduce((sum, value) => sum + value * value, 0)
    return Array.from(u, (a, i) => Array.from(u, (b, j) => (i === j ? 1 : 0) - (2 * a * b) / square))
  }
  const diagonal = (power: number): number[][] => Array.from({ length: units }, (_, i) => Array.from({ length: units }, (_, j) => (i === j ? (i + 2) ** power : 0)))
  const [left, right] = [reflection(seed), reflection(seed + 1)]
  return [product(product(left, diagonal(1)), right), product(product(right, diagonal(-1)), left)]
}

/** The parameters of the one node after a group element acted, written from the words of the declaration. */
function acted({ kind, rows, dualRows = [], columns, units }: GaugeDeclaration, parameters: ParameterValues, seed: number): ParameterValues {
  const [g, inverse] = element(kind, units, seed)
  const moved: Record<string, TensorData> = { ...parameters }
  const transform = (blocks: GaugeDeclaration['rows'], move: (matrix: Square, block: UnitBlock) => Square): void => {
    for (const block of blocks.map(own => (typeof own === 'string' ? { parameter: own } : own))) {
      const name = `1.${block.parameter}`
      const { shape, data } = moved[name] as TensorData
      const width = shape[1] ?? 1
      const matrix = Array.from({ length: shape[0] as number }, (_, row) => [...data.slice(row * width, (row + 1) * width)])
      moved[name] = { shape, data: Float64Array.from(move(matrix, block).flat()) }
    }
  }
  /** The element on all of an axis. */
  const whole = (small: Square, size: number, { offset = 0, tile = 1 }: UnitBlock): Square =>
    Array.from({ length: size }, (_, row) =>
      Array.from({ length: size }, (_, column) => {
        const [i, j] = [row - offset, column - offset]
        if (i < 0 || j < 0 || i >= units * tile || j >= units * tile) return row === column ? 1 : 0
        return i % tile === j % tile ? (small[Math.floor(i / tile)]?.[Math.floor(j / tile)] as number) : 0
      }),
    )
  const shift = standardNormals(seed, units)
  transform(rows, (matrix, block) => (kind === 'translation' ? matrix.map((row, i) => row.map(x => x + (shift[i] as number))) : product(whole(g, matrix.length, block), matrix)))
  transform(dualRows, (matrix, block) => product(whole(transpose(inverse), matrix.length, block), matrix))
  transform(columns, (matrix, block) => product(matrix, whole(inverse, matrix[0]?.length ?? 0, block)))
  return moved
}

async function outputOf(spec: AttentionSpec, parameters: ParameterValues): Promise<Float64Array> {
  const network = chainOf([spec], spec.width)
  const tensors = parameterTensors(parameters)
  const x = exactTensor(standardNormals(3, 2 * 3 * spec.width), [2, 3, spec.width])
  const output = tf.tidy(() => forward(network, tensors, x))
  const data = await exactData(output)
  tf.dispose([output, x, ...Object.values(tensors)])
  return data
}

const linearGroups = ['general-linear', 'general-linear']
const cases: readonly [AttentionSpec, readonly string[]][] = [
  [{ width: 3 }, linearGroups],
  [{ width: 4, heads: 2, causal: true, bias: true }, [...linearGroups, ...linearGroups, 'permutation', 'translation']],
  [{ width: 5, heads: 2, headWidth: 3 }, [...linearGroups, ...linearGroups, 'permutation']],
  [{ width: 8, heads: 2, rope: {}, bias: true }, ['general-linear', 'phase', 'general-linear', 'phase', 'permutation']],
  [{ width: 4, heads: 3, keyValueHeads: 1, headWidth: 2, bias: true }, [...linearGroups, 'permutation', 'translation']],
  [{ width: 4, heads: 6, keyValueHeads: 3, headWidth: 2, causal: true }, [1, 2, 3].flatMap(() => [...linearGroups, 'permutation']).concat('permutation')],
  [{ width: 4, heads: 4, keyValueHeads: 2, headWidth: 2, rope: {} }, [1, 2].flatMap(() => ['general-linear', 'phase', 'permutation']).concat('permutation')],
]

test.each(cases)('%j: random elements of %j leave the output as it was', async (spec, kinds) => {
  const declared = gauges(spec)
  expect(declared.map(({ kind }) => kind)).toEqual(kinds)
  const drawn = initialParameters(chainOf([spec], spec.width), 5)
  const parameters = Object.fromEntries(Object.entries(drawn).map(([name, { shape, data }], i) => [name, { shape, data: name.endsWith('bias') ? standardNormals(50 + i, data.length) : data }]))
  const before = await outputOf(spec, parameters)
  for (const [i, gauge] of declared.entries()) {
    const moved = acted(gauge, parameters, 60 + i)
    const named = [...gauge.rows, ...(gauge.dualRows ?? []), ...gauge.columns].map(block => `1.${typeof block === 'string' ? block : block.parameter}`)
    for (const name of named) expect(Math.max(...moved[name]!.data.map((value, at) => Math.abs(value - parameters[name]!.data[at]!)))).toBeGreaterThan(0.01)
    const after = await outputOf(spec, moved)
    after.forEach((value, at) => expect(Math.abs(value - (before[at] as number))).toBeLessThan(1e-12))
  }
})

test('with rotary positions the whole linear group of queries and keys would not do', async () => {
  const spec = { width: 4, rope: {} }
  const parameters = initialParameters(chainOf([spec], 4), 5)
  const moved = acted({ kind: 'general-linear', rows: ['q.weight'], dualRows: ['k.weight'], columns: [], units: 4 }, parameters, 60)
  const [before, after] = [await outputOf(spec, parameters), await outputOf(spec, moved)]
  expect(Math.max(...before.map((value, i) => Math.abs(value - (after[i] as number))))).toBeGreaterThan(1e-3)
})

test('with rotary positions a key bias is no gauge: what it adds to a score depends on the distance', async () => {
  const spec = { width: 4, rope: {}, bias: true }
  const drawn = initialParameters(chainOf([spec], 4), 5)
  const moved = acted({ kind: 'translation', rows: ['k.bias'], columns: [], units: 4 }, drawn, 60)
  const [before, after] = [await outputOf(spec, drawn), await outputOf(spec, moved)]
  expect(Math.max(...before.map((value, i) => Math.abs(value - (after[i] as number))))).toBeGreaterThan(1e-3)
})
