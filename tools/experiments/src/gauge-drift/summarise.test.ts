import type { OptimizerName } from '@dead-directions/training'
import { expect, test } from 'vitest'
import type { DriftCell } from './drift-cell.ts'
import type { Drift } from './measure-drift.ts'
import { summarise } from './summarise.ts'

const cell = (optimizer: OptimizerName, kind: string): DriftCell => ({ problem: 'relu units', gauge: kind, kind, optimizer, linearGauges: 'rotations', precision: 'float64', learningRate: 0.01, weightDecay: 0, steps: 10, elements: 2, seed: 1 })
const drift = (...projected: (number | null)[]): Drift => ({ projected, raw: projected, nearby: 0.5, motion: { alongOrbit: 0.25, defect: null, lengthRatio: null } })

test('the worst element counts, one that diverges most of all, and what has not run is no zero', () => {
  const { findings, sections } = summarise([
    { cell: cell('sgd', 'rescaling'), result: drift(0.1, null) },
    { cell: cell('ddcadam', 'rescaling'), result: drift(1e-15, 3e-15) },
    { cell: cell('sgd', 'permutation'), result: drift(0, 2e-16) },
  ])
  expect(findings).toEqual(['sgd, float64: projects to 1e-12 on 1 of 2 gauges; not on rescaling diverges (5.0e-1 from a start one rounding away).', 'ddcadam, float64: projects to 1e-12 on 1 of 1 gauges.'])
  expect(sections[0]?.table).toEqual({ columns: ['gauge', 'sgd', 'ddcadam'], rows: [['rescaling: relu units', 'diverges', '3.0e-15'], ['permutation: relu units', '2.0e-16', '–']] })
})
