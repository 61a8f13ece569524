import { describe, expect, test } from 'vitest'
import { volumeTerms } from './volume-law-terms.ts'

describe('volumeTerms', () => {
  test('multiplies out K, over the variables of K and density together', () => {
    const { variables, terms, density } = volumeTerms('(x - y)^2/2', '4 u^3 - 4 x^3')
    expect(variables).toEqual(['u', 'x', 'y'])
    expect(terms).toEqual([
      { coefficient: 0.5, exponents: [0, 2, 0] },
      { coefficient: -1, exponents: [0, 1, 1] },
      { coefficient: 0.5, exponents: [0, 0, 2] },
    ])
    expect(density).toEqual([
      { coefficient: 4, exponents: [3, 0, 0] },
      { coefficient: -4, exponents: [0, 3, 0] },
    ])
  })

  test('a single term of the density may be written with bars or without', () => {
    expect(volumeTerms('x^2', '|x|^3').density).toEqual([{ coefficient: 1, exponents: [3] }])
    expect(volumeTerms('x^2', '-x^3').density).toEqual([{ coefficient: 1, exponents: [3] }])
    expect(volumeTerms('x^2').density).toEqual([{ coefficient: 1, exponents: [0] }])
  })

  test('what cannot be sampled is refused by name', () => {
    expect(() => volumeTerms('|x|^3 + y^2')).toThrow(new RangeError('expression: got |x|^3, expected whole powers and no odd one of an absolute value'))
    expect(() => volumeTerms('x^2', 'x^(1/2)')).toThrow(new RangeError('prior: got sign(x)*|x|^(1/2), expected whole powers and no odd one of an absolute value'))
    expect(() => volumeTerms('3')).toThrow(new RangeError('expression: got 3, expected a polynomial with a variable'))
    expect(() => volumeTerms('x^2', 'x - x')).toThrow(new RangeError('prior: got 0 identically, expected a polynomial with a term'))
  })
})
