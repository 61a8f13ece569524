import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { completeProblem, divergenceOf, largestProduct, rescaled, type SublevelProblem, valueOf } from './polynomial.ts'

const box = [
  [-1, 1],
  [-1, 1],
] as const
/** (x - y)², as a square and multiplied out. */
const square: SublevelProblem = { squares: [[{ coefficient: 1, exponents: [1, 0] }, { coefficient: -1, exponents: [0, 1] }]], box }
const expanded: SublevelProblem = {
  terms: [
    { coefficient: 1, exponents: [2, 0] },
    { coefficient: -2, exponents: [1, 1] },
    { coefficient: 1, exponents: [0, 2] },
  ],
  box,
}

const coordinate = fc.double({ min: -1, max: 1, noNaN: true })

describe('divergenceOf', () => {
  test('a square and its expansion have one value', () => {
    fc.assert(
      fc.property(coordinate, coordinate, (x, y) => {
        const [a, b] = [square, expanded].map(problem => divergenceOf(completeProblem(problem), Float64Array.of(x, y)).value)
        expect(Math.abs(a! - b!)).toBeLessThan(1e-15)
      }),
    )
  })

  test('float32 arithmetic stays within the bound on rounding, and the square keeps what the expansion cancels', () => {
    const f = Math.fround
    fc.assert(
      fc.property(coordinate, coordinate, (x, y) => {
        const point = Float64Array.of(x, y)
        const [u, v] = [f(x), f(y)]
        const [plain, kept] = [divergenceOf(completeProblem(expanded), point), divergenceOf(completeProblem(square), point)]
        const inFloat32 = f(f(f(u * u) + f(-2 * f(u * v))) + f(v * v))
        expect(Math.abs(inFloat32 - plain.value)).toBeLessThanOrEqual(plain.rounding + 1e-44)
        const root = f(u - v)
        expect(Math.abs(f(root * root) - kept.value)).toBeLessThanOrEqual(kept.rounding + f(root * root) * 2 ** -24 + 1e-44)
      }),
    )
    const near = Float64Array.of(0.5, 0.5 + 1e-6)
    expect(divergenceOf(completeProblem(square), near).rounding).toBeLessThan(1e-4 * divergenceOf(completeProblem(expanded), near).rounding)
  })
})

test('rescaled terms have the value of the old ones in units', () => {
  const scales = Float64Array.of(1e-3, 10)
  const y = Float64Array.of(0.4, -0.7)
  const x = y.map((value, i) => value * scales[i]!)
  expect(valueOf(rescaled(expanded.terms!, scales, 1e-5), y)).toBeCloseTo(valueOf(expanded.terms!, x) / 1e-5, 3)
})

test('the largest product is seen even where the result is small', () => {
  expect(largestProduct([{ coefficient: 1, exponents: [2, 2] }], [1e20, 1e-20])).toBeCloseTo(1e40, -30)
})

describe('completeProblem', () => {
  test.each<[SublevelProblem, string]>([
    [{ terms: [], box }, 'terms: got [], expected at least one term or square'],
    [{ terms: [{ coefficient: 1, exponents: [2] }], box }, 'terms[0].exponents: got [2], expected 2 exponents, one per coordinate'],
    [{ terms: [{ coefficient: NaN, exponents: [2, 0] }], box }, 'terms[0].coefficient: got NaN, expected a finite number'],
    [{ squares: [[{ coefficient: 1, exponents: [0.5, 0] }]], box }, 'squares[0][0].exponents: got 0.5, expected whole numbers from 0 to 64'],
    [{ ...expanded, box: [[1, 0]] as never }, 'box[0]: got [1,0], expected two numbers, the smaller one first'],
    [{ ...expanded, box: [] }, 'box: got [], expected a range for each coordinate'],
  ])('names the field that is wrong: %j', (problem, message) => {
    expect(() => completeProblem(problem)).toThrow(message)
  })
})
