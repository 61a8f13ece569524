import { expect, test } from 'vitest'
import type { MeasuredVolume } from '../measured-volume.ts'
import { volumeText } from './volume.ts'

const measured: MeasuredVolume = {
  expression: 'x^2',
  prior: null,
  variables: ['x'],
  box: [-1, 1],
  law: {
    kind: 'volume law',
    lambda: 0.500012345,
    standardError: 3.2e-5,
    multiplicity: 1,
    window: [1e-6, 1e-4],
    points: 2,
    candidates: [{ multiplicity: 1, lambda: 0.500012345, standardError: 3.2e-5, shift: 0, chiSquared: 1.25, freedom: 3, fitProbability: 0.7, probability: 0.999, window: [1e-6, 1e-4], points: 2 }],
  },
  closedForm: { lambdaFraction: '1/2', multiplicity: 1, exact: false },
  levels: [
    { epsilon: 1e-2, volume: 0.2, standardError: 0.001, refused: null },
    { epsilon: 1e-6, volume: 0.002, standardError: 0.00001, refused: null },
    { epsilon: 1e-8, volume: 0, standardError: 0, refused: 'none of 10 points has K below ε' },
  ],
  mode: 'cpu',
  seed: 1,
  method: 'importance',
  samples: 10,
  seconds: { fitting: 1, sampling: 2 },
  samplesPerSecond: 2.5e6,
}

test('a level is marked where it was used, and shows no number where it is refused', () => {
  const text = volumeText(measured)
  expect(text).toMatch(/1\.0e-2 │ 2\.0000e-1 │ 0\.50 % │ {6}│/)
  expect(text).toMatch(/1\.0e-6 │ 2\.0000e-3 │ 0\.50 % │ ✓ {4}│/)
  expect(text).toMatch(/1\.0e-8 │ +│ +│ {6}│ none of 10 points has K below ε │/)
})

test('λ is shown to two digits of its error, beside the closed form, its bound marked as one', () => {
  expect(volumeText(measured)).toContain('λ        0.500012 ± 3.2e-5, ε from 1.0e-6 to 1.0e-4\nm        1, probability 0.999, χ² = 1.3 for 3\nclosed   λ ≤ 1/2, m = 1')
  expect(volumeText({ ...measured, closedForm: null, law: { kind: 'refused', reason: 'because', candidates: [] } })).toContain('λ        refused: because\nclosed   no closed form\n')
})
