import { describe, expect, test } from 'vitest'
import { singularFluctuation } from './singular-fluctuation.ts'
import { smoothFibre, sumOfPowers } from './smooth-fibre.ts'

describe('smooth fibre', () => {
  test('x⁴ + y² has λ = 3/4 and m = 1', () => {
    expect(smoothFibre({ orders: [2], regular: 1 })).toMatchObject({ lambda: 0.75, lambdaFraction: '3/4', multiplicity: 1, rule: 'B1(c) smooth fibre' })
  })

  test('x⁶ + y⁴ has λ = 5/12 and m = 1', () => {
    expect(smoothFibre({ orders: [3, 2], regular: 0 })).toMatchObject({ lambdaFraction: '5/12', multiplicity: 1 })
  })

  test('a regular model of dimension d has λ = ν = d/2', () => {
    for (let d = 1; d <= 5; d++) expect(smoothFibre({ orders: [], regular: d })).toMatchObject({ lambda: d / 2, nu: d / 2, multiplicity: 1 })
  })

  test('listing regular directions as orders of one changes neither λ nor ν', () => {
    const { lambda, nu } = smoothFibre({ orders: [2, 1, 1], regular: 0 })
    expect({ lambda, nu }).toEqual({ lambda: 1.25, nu: smoothFibre({ orders: [2], regular: 2 }).nu })
  })

  test('ν of x⁴ + y⁶ is half the functional variance averaged over the noise, integrated on the plane', () => {
    expect(Math.abs(smoothFibre({ orders: [2, 3], regular: 1 }).nu! - (planarFluctuation(2, 3) + 0.5))).toBeLessThan(1e-8)
  })

  test('the volume of x^{2k} + y² under the prior |x|^h (1 + x²) has slope (h+1)/(2k) + 1/2', () => {
    for (const k of [1, 2, 3])
      for (const h of [0, 1, 2, 5]) {
        const slope = Math.log(sliceVolume(k, h, 1e-26) / sliceVolume(k, h, 1e-27)) / Math.log(10)
        const { lambda } = smoothFibre({ orders: [k], regular: 1, priorOrders: [h] })
        // The factor 1 + x² bends the slope by a multiple of ε^{1/k} ≤ 1e-8.6.
        expect(Math.abs(slope - lambda), `k = ${k}, h = ${h}`).toBeLessThan(2e-8)
      }
  })

  test('under a prior that vanishes on the fibre the rule says so and ν is not given', () => {
    const shifted = smoothFibre({ orders: [2, 3], regular: 0, priorOrders: [1, 0] })
    expect(shifted).toEqual({ lambda: 2 / 3, lambdaFraction: '2/3', multiplicity: 1, nu: null, rule: 'B1(c) smooth fibre with the prior shift of B4' })
    expect(smoothFibre({ orders: [2], regular: 0, priorOrders: [0] }).nu).toBe(singularFluctuation(2).value)
  })

  test('bad counts are refused by name', () => {
    expect(() => smoothFibre({ orders: [], regular: 0 })).toThrow(RangeError)
    expect(() => smoothFibre({ orders: [2], regular: -1 })).toThrow(new RangeError('regular: got -1, expected an integer of at least 0'))
    expect(() => smoothFibre({ orders: [1.9], regular: 0 })).toThrow(new RangeError('orders[0]: got 1.9, expected an integer of at least 1'))
    expect(() => smoothFibre({ orders: [2], regular: 1, priorOrders: [1, 1] })).toThrow(new RangeError('priorOrders: got 2 entries, expected 1, one per order'))
  })
})

describe('sum of powers', () => {
  test('λ = Σ 1/p, even powers agreeing with the smooth fibre', () => {
    expect(sumOfPowers([1, 2, 3])).toMatchObject({ lambdaFraction: '11/6', multiplicity: 1, nu: null })
    expect(sumOfPowers([6, 4]).lambdaFraction).toBe(smoothFibre({ orders: [3, 2], regular: 0 }).lambdaFraction)
  })

  test('the integrated volume of |x|³ + |y| has slope 4/3', () => {
    // {|x|³ + |y| < ε} = 4 ∫ (ε - x³) dx: midpoint sums at two scales.
    const volume = (epsilon: number): number => {
      const reach = Math.cbrt(epsilon)
      return Array.from({ length: 4000 }, (_, i) => (reach / 1000) * (epsilon - (reach * ((i + 0.5) / 4000)) ** 3)).reduce((a, b) => a + b)
    }
    expect(Math.log(volume(1e-6) / volume(1e-9)) / Math.log(1e3)).toBeCloseTo(sumOfPowers([3, 1]).lambda, 10)
  })

  test('an empty list is refused', () => {
    expect(() => sumOfPowers([])).toThrow(new RangeError('powers: got 0 entries, expected an array of at least 1'))
  })
})

/** `∫ |x|^h (1 + x²) 2 √(ε - x^{2k}) dx` by the midpoint rule in the angle a, `x = ε^{1/(2k)} sin a`. */
function sliceVolume(k: number, h: number, epsilon: number): number {
  const reach = epsilon ** (1 / (2 * k))
  const intervals = 4000
  let sum = 0
  for (let i = 0; i < intervals; i++) {
    const a = ((i + 0.5) * Math.PI) / (2 * intervals)
    const x = reach * Math.sin(a)
    sum += x ** h * (1 + x * x) * Math.sqrt(epsilon - x ** (2 * k)) * reach * Math.cos(a)
  }
  return (2 * Math.PI * sum) / intervals
}

/**
 * `½ E_Z E_X Var_w f` for the log-likelihood ratio `f = 2 cos(X) u^k + 2 sin(X) v^l` with X uniform on three angles, under
 * the joint posterior of (u, v) at the noise (Z, W): the definition of ν, with no use of the directions' independence.
 */
function planarFluctuation(k: number, l: number): number {
  const grid = (reach: number): number[] => Array.from({ length: 161 }, (_, i) => (reach * (i - 80)) / 80)
  const [s, t] = [grid(12 ** (1 / k)).map(u => u ** k), grid(12 ** (1 / l)).map(v => v ** l)]
  const noises = Array.from({ length: 57 }, (_, i) => (i - 28) * 0.375)
  const tilted = (powers: number[]): number[][] => noises.map(z => powers.map(x => Math.exp(z * x - x * x)))
  const [first, second] = [tilted(s), tilted(t)]
  let average = 0
  let mass = 0
  noises.forEach((z, i) =>
    noises.forEach((w, j) => {
      const weight = Math.exp(-(z * z + w * w) / 4)
      average += weight * functionalVariance(s, t, first[i]!, second[j]!)
      mass += weight
    }),
  )
  return average / (2 * mass)
}

function functionalVariance(s: number[], t: number[], p: number[], q: number[]): number {
  const sums = { one: 0, s: 0, t: 0, ss: 0, st: 0, tt: 0 }
  for (let i = 0; i < s.length; i++)
    for (let j = 0; j < t.length; j++) {
      const [weight, x, y] = [p[i]! * q[j]!, s[i]!, t[j]!]
      sums.one += weight
      sums.s += weight * x
      sums.t += weight * y
      sums.ss += weight * x * x
      sums.st += weight * x * y
      sums.tt += weight * y * y
    }
  const [ms, mt] = [sums.s / sums.one, sums.t / sums.one]
  const [vs, cst, vt] = [sums.ss / sums.one - ms * ms, sums.st / sums.one - ms * mt, sums.tt / sums.one - mt * mt]
  const angles = [0, 1, 2].map(i => (2 * Math.PI * i) / 3)
  return angles.reduce((sum, a) => sum + (4 / 3) * (Math.cos(a) ** 2 * vs + 2 * Math.cos(a) * Math.sin(a) * cst + Math.sin(a) ** 2 * vt), 0)
}
