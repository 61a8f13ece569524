import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { add, type LeadingRate, multiply, power, reparametrise } from './leading-rate.ts'

// Quarters add and multiply exactly in float64, so that laws hold to the bit.
const quarter = (min: number, max: number) => fc.integer({ min: 4 * min, max: 4 * max }).map(n => n / 4)
const positive: fc.Arbitrary<LeadingRate> = fc.record({ rate: quarter(-3, 6), coefficient: quarter(1, 9) })
const evaluate = ({ rate, coefficient }: LeadingRate, t: number) => coefficient * t ** rate
const sum = (a: LeadingRate, b: LeadingRate) => add(a, b) as LeadingRate

describe('multiply', () => {
  it('is the product of the functions', () => {
    fc.assert(fc.property(positive, positive, (a, b) => {
      expect(evaluate(multiply(a, b), 0.3) / (evaluate(a, 0.3) * evaluate(b, 0.3))).toBeCloseTo(1, 12)
    }))
  })

  it('is commutative and associative', () => {
    fc.assert(fc.property(positive, positive, positive, (a, b, c) => {
      expect(multiply(a, b)).toEqual(multiply(b, a))
      expect(multiply(multiply(a, b), c)).toEqual(multiply(a, multiply(b, c)))
    }))
  })

  it('distributes over sums', () => {
    fc.assert(fc.property(positive, positive, positive, (a, b, c) => {
      expect(multiply(a, sum(b, c))).toEqual(sum(multiply(a, b), multiply(a, c)))
    }))
  })
})

describe('add', () => {
  it('is commutative and associative on positive functions', () => {
    fc.assert(fc.property(positive, positive, positive, (a, b, c) => {
      expect(add(a, b)).toEqual(add(b, a))
      expect(add(sum(a, b), c)).toEqual(add(a, sum(b, c)))
    }))
  })

  it('gives the limit of (f + g) / t^rate', () => {
    fc.assert(fc.property(positive, positive, (a, b) => {
      const { rate, coefficient } = sum(a, b)
      const t = 1e-60
      const scaled = ({ rate: own, coefficient: c }: LeadingRate) => c * t ** (own - rate)
      expect((scaled(a) + scaled(b)) / coefficient).toBeCloseTo(1, 12)
    }))
  })

  it('adds the coefficients of ties and says when they cancel', () => {
    expect(add({ rate: 4, coefficient: 2 }, { rate: 4, coefficient: 5 })).toEqual({ rate: 4, coefficient: 7 })
    expect(add({ rate: 4, coefficient: 2 }, { rate: 4, coefficient: -2 })).toEqual({ kind: 'cancelled', atLeast: 4 })
  })
})

describe('power', () => {
  it('is repeated multiplication', () => {
    fc.assert(fc.property(positive, a => {
      expect(power(a, 3)).toEqual(multiply(a, multiply(a, a)))
    }))
  })

  it('refuses a root of a negative function', () => {
    expect(() => power({ rate: 2, coefficient: -4 }, 0.5)).toThrow('n: got 0.5, expected a whole number for the negative coefficient -4')
  })
})

describe('reparametrise', () => {
  it('keeps the rate under a reparametrisation of rate one', () => {
    fc.assert(fc.property(positive, quarter(1, 5), (a, c) => {
      expect(reparametrise(a, { rate: 1, coefficient: c }).rate).toBe(a.rate)
    }))
  })

  it('is composition of the functions', () => {
    fc.assert(fc.property(positive, positive.filter(inner => inner.rate > 0), (a, inner) => {
      const s = 0.7
      const composed = evaluate(a, evaluate(inner, s))
      expect(evaluate(reparametrise(a, inner), s) / composed).toBeCloseTo(1, 12)
    }))
  })

  it('refuses an inner function that does not go to zero from above', () => {
    expect(() => reparametrise({ rate: 2, coefficient: 1 }, { rate: 0, coefficient: 1 })).toThrow('inner.rate: got 0')
    expect(() => reparametrise({ rate: 2, coefficient: 1 }, { rate: 1, coefficient: -1 })).toThrow('inner.coefficient: got -1')
  })
})
