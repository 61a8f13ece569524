import type { CalibrationRow } from '@dead-directions/calibration'
import { expect, test } from 'vitest'
import { calibrationText } from './calibration.ts'

const exact = { lambda: 0.5, lambdaFraction: '1/2', multiplicity: 2, source: 'B2 crossing' }
const right: CalibrationRow = { model: 'a', road: 'rule', lambda: 0.5, standardError: 0, multiplicity: 2, exact, error: 0, bar: 1e-9, withinBar: true, seconds: 0.1, passes: 0 }
const wrong: CalibrationRow = { ...right, road: 'readout', lambda: 0.6, standardError: 0.01, multiplicity: null, error: 0.1, bar: 0.03, withinBar: false, passes: 12 }
const silent: CalibrationRow = { ...right, model: 'b', road: 'polyhedron', lambda: null, standardError: null, multiplicity: null, error: null, bar: null, refused: 'it is only a bound' }

test('a value outside its bar is marked and counted, and a model is named once', () => {
  const text = calibrationText([right, wrong, silent])
  expect(text).toMatch(/│ a +│ +1\/2 │ 2 │ rule +│ +0\.5 │ 2 │ +0 │ 1\.0e-9 │ +0\.10 │ +0 │ ✓ │/)
  expect(text).toMatch(/│ +│ +│ +│ readout │ 0\.600 ± 0\.010 │ +│ 1\.0e-1 │ 3\.0e-2 │ +0\.10 │ +12 │ ✗ │/)
  expect(text).toContain('refused  polyhedron: it is only a bound: b')
  expect(text).toContain('2 values, 1 within their error bars; 1 refused; 0.3 s')
})

test('with nothing but refusals there is no table', () => {
  expect(calibrationText([silent])).toBe('refused  polyhedron: it is only a bound: b\nno value; 1 refused; 0.1 s')
})
