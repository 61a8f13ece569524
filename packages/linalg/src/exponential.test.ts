import { expect, it, vi } from 'vitest'
import { fixed, fixedExp, one, unitsOff } from '../test/fixed-point.ts'
import { randomEntries } from '../test/random.ts'
import { exp, expm1, sigmoid, softmax, tanh } from './exponential.ts'

type Entrywise = typeof exp

const apply = (f: Entrywise, x: Float64Array): Float64Array => {
  const y = new Float64Array(x.length)
  f(x, y)
  return y
}

/** The exact function as a ratio. */
const functions: readonly (readonly [name: string, f: Entrywise, exact: (x: bigint) => readonly [bigint, bigint], units: number])[] = [
  ['exp', exp, x => [fixedExp(x), one], 1],
  ['expm1', expm1, x => [fixedExp(x) - one, one], 1.5],
  ['tanh', tanh, x => [fixedExp(2n * x) - one, fixedExp(2n * x) + one], 2],
  ['sigmoid', sigmoid, x => [fixedExp(x), one + fixedExp(x)], 2],
]

const sizes = [1e-9, 0.01, 0.35, 0.7, 1, 3, 20]

it.each(functions)('%s is off by no more units in the last place than it says, near zero, at every size and in the tails', (_, f, exact, units) => {
  const tails = [-745, -740.5, -720, -708, -300, -40, 1e-300, -1e-300, 5e-324, 2 ** -1030, Math.log(2) / 2, -Math.log(2) / 2, Math.log(2)]
  const x = Float64Array.from([...sizes.flatMap((size, seed) => [...randomEntries(150, seed).map(value => value * size)]), ...tails])
  apply(f, x).forEach((value, i) => expect(unitsOff(value, ...exact(fixed(x[i]!)))).toBeLessThanOrEqual(units))
})

it('functions have their limits at infinity, their signed zeros, and NaN for NaN', () => {
  const x = Float64Array.of(-Infinity, -800, -0, 0, 800, Infinity, NaN)
  expect([...apply(exp, x)]).toEqual([0, 0, 1, 1, Infinity, Infinity, NaN])
  expect([...apply(expm1, x)]).toEqual([-1, -1, -0, 0, Infinity, Infinity, NaN])
  expect([...apply(tanh, x)]).toEqual([-1, -1, -0, 0, 1, 1, NaN])
  expect([...apply(sigmoid, x)]).toEqual([0, 0, 0.5, 0.5, 1, 1, NaN])
})

it.each(functions)('%s of a number has the same bits at every place of arrays of every length, and in place', (_, f) => {
  const x = randomEntries(9001, 5).map(value => 4 * value)
  const whole = apply(f, x)
  for (const [start, length] of [[0, 1], [1, 1], [1, 2], [4095, 3], [2, 4095], [0, 4097], [17, 8191]] as const) {
    expect(apply(f, x.subarray(start, start + length))).toEqual(whole.subarray(start, start + length))
  }
  f(x, x)
  expect(x).toEqual(whole)
})

it.each([1, 2, 3, 7, 256, 5001])('softmax of rows of %i is each exponential over their exact sum, however far apart the entries lie', n => {
  const x = randomEntries(3 * n, n).map((value, i) => (i < n ? value : i < 2 * n ? 700 * value : 1e6 + value))
  const y = new Float64Array(3 * n)
  softmax(x, y, n)
  const rows = Math.min(n, 40)
  for (let start = 0; start < 3 * n; start += n) {
    const top = x.subarray(start, start + n).reduce((a, b) => Math.max(a, b))
    const weights = [...x.subarray(start, start + n)].map(value => (n > 300 ? fixed(Math.exp(value - top)) : fixedExp(fixed(value - top))))
    const total = weights.reduce((sum, weight) => sum + weight)
    // One rounding each for the difference in exp's argument, exp, and the quotient; n / 4 at most in the sum of positive terms.
    for (let j = 0; j < rows; j++) expect(unitsOff(y[start + j]!, weights[j]!, total)).toBeLessThanOrEqual(3 + n / 4)
    const alone = new Float64Array(n)
    softmax(x.subarray(start, start + n), alone, n)
    expect(alone).toEqual(y.subarray(start, start + n))
  }
})

it('softmax keeps NaN to its row and gives weights of zero to entries at minus infinity', () => {
  const y = new Float64Array(6)
  softmax(Float64Array.of(NaN, 0, 1, -Infinity, 2, 2), y, 3)
  expect([...y]).toEqual([NaN, NaN, NaN, 0, 0.5, 0.5])
  softmax(new Float64Array(0), new Float64Array(0), 0)
})

it('says so where the host lacks WebAssembly', async () => {
  vi.resetModules()
  vi.stubGlobal('WebAssembly', undefined)
  const { exp } = await import('./exponential.ts')
  expect(() => exp(new Float64Array(1), new Float64Array(1))).toThrow('expected one with it')
  vi.unstubAllGlobals()
})
