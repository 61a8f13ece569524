import { matrix } from '@dead-directions/linalg'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { whitening } from './volume-law-whitening.ts'

test('is one over the relative errors of the window where volumes are independent', () => {
  expect(whitening([2, 0], [1, 9, 4], [0.5, 9, 0.4])([3, 5])).toEqual(Float64Array.of(3 / 0.1, 5 / 0.5))
})

test('has the covariance of the window between whitened vectors: |w v|² = vᵀ C⁻¹ v', () => {
  fc.assert(
    fc.property(fc.tuple(...Array.from({ length: 5 }, () => fc.double({ min: -1, max: 1, noNaN: true }))), ([a, b, c, x, y]) => {
      // Volumes of one, so that relative errors are errors; levels 0 and 2 of three.
      const [p, q, r] = [1 + a! * a!, b!, 1 + b! * b! + c! * c!]
      const covariance = matrix(3, 3, Float64Array.of(p, 9, q, 9, 9, 9, q, 9, r))
      const inverse = (r * x! * x! - 2 * q * x! * y! + p * y! * y!) / (p * r - q * q)
      const [u, v] = whitening([0, 2], [1, 1, 1], covariance)([x!, y!])
      expect(Math.abs(u! ** 2 + v! ** 2 - inverse)).toBeLessThan(1e-12)
    }),
  )
})

test('a covariance that is not positive definite is refused', () => {
  expect(() => whitening([0, 1], [1, 1], matrix(2, 2, Float64Array.of(1, 2, 2, 1)))).toThrow('errors: got a covariance that is not positive definite')
})
