import { gaugeOf } from '@dead-directions/quotient'
import type { ParameterValues } from '@dead-directions/network'
import { describe, expect, test } from 'vitest'
import { orbitMotion } from './orbit-motion.ts'

const product = gaugeOf({
  kind: 'rescaling',
  label: 'a product',
  units: 1,
  slots: [
    { parameter: 'a', axis: 0, offset: 0, side: 'forward' },
    { parameter: 'b', axis: 1, offset: 0, side: 'dual' },
  ],
})
const at = (a: number, b: number): ParameterValues => ({ a: { shape: [1, 1], data: Float64Array.of(a) }, b: { shape: [1, 1], data: Float64Array.of(b) } })
const path = (of: (s: number) => ParameterValues): ParameterValues[] => Array.from({ length: 1001 }, (_, i) => of(i / 1000))

describe('a product a b', () => {
  test('along its orbit (e^s, e^-s) moves by 2s in the length ratio and by 2 sinh(2s) in the defect', () => {
    const { alongOrbit, defect, lengthRatio } = orbitMotion(product, path(s => at(Math.exp(s), Math.exp(-s))))
    expect(alongOrbit).toBeCloseTo(1, 5)
    expect(lengthRatio).toBeCloseTo(2, 12)
    expect(defect).toBeCloseTo((2 * Math.sinh(2)) / 2, 12)
  })

  test('across it, at a = b, does not move', () => {
    const { alongOrbit, defect, lengthRatio } = orbitMotion(product, path(s => at(1 + s, 1 + s)))
    expect(Math.max(alongOrbit as number, defect as number, lengthRatio as number)).toBeLessThan(1e-14)
  })

  test('with the ratio 2 kept, moves along it in Euclidean terms by 3/5 of its way', () => {
    // Steps (2, 1)/√5 against the unit tangent (2, -1)/√5.
    const { alongOrbit, defect, lengthRatio } = orbitMotion(product, path(s => at(2 * (1 + s), 1 + s)))
    expect(alongOrbit).toBeCloseTo(3 / 5, 12)
    expect(lengthRatio).toBeCloseTo(0, 12)
    // b² - a² goes from -3 to -12.
    expect(defect).toBeCloseTo(9 / 5, 12)
  })
})

test('a discrete gauge has no motion', () => {
  const flip = gaugeOf({ ...product, kind: 'sign' })
  expect(orbitMotion(flip, [at(1, 1), at(2, 1)])).toEqual({ alongOrbit: null, defect: null, lengthRatio: null })
})
