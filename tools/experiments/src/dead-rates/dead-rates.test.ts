import { expect, test } from 'vitest'
import { deadRates } from './dead-rates.ts'
import type { CellReading, RateCell, RateResult } from './rate-cell.ts'
import { isDying } from './summarise.ts'

const cell: RateCell = { task: 'deep linear', optimizer: 'sgd', learningRate: 0.1, shrinkage: 0.01, steps: 300, snapshotEvery: 10, tolerance: 0.1, seed: 1 }
const rate = (value: number, standardError: number): CellReading => ({ layer: 'a', observable: 'Fisher form', kind: 'rate', rate: value, standardError, window: [0.01, 1] })
const refused: CellReading = { layer: 'a', observable: 'Fisher form', kind: 'refused', reason: 'no window' }

test('a dying direction has a positive rate beyond its error', () => {
  expect([rate(2, 0.1), rate(0.01, 0.001), rate(2, 1.5), rate(-2, 0.1), refused].map(isDying)).toEqual([true, false, false, false, false])
})

test('descent with decay on a deep linear network reads rate 0 of the first inputs and the last gradients, and dying ones elsewhere', async () => {
  const { readings, shrunk } = await deadRates.run(cell, () => {})
  expect(readings).toHaveLength(4 * 5)
  expect(Math.min(...Object.values(shrunk))).toBeLessThan(0.1)
  const found = (layer: string, observable: string): number => {
    const reading = readings.find(other => other.layer === layer && other.observable === observable)
    return reading?.kind === 'rate' ? reading.rate : NaN
  }
  expect(Math.abs(found('body.fc4', 'gradient factor'))).toBeLessThan(0.2)
  expect(Math.abs(found('body.fc1', 'activation factor'))).toBeLessThan(0.2)
  expect(readings.filter(isDying).length).toBeGreaterThan(4)
})

test('the summary counts dying directions seed by seed', () => {
  const result = (readings: readonly CellReading[]): RateResult => ({ readings, shrunk: { a: 0.01 }, validationLoss: 0.1 })
  const lines = [1, 2].flatMap(seed => [
    { cell: { ...cell, optimizer: 'adamw' as const, seed }, result: result([refused, refused, rate(0, 0.1)]) },
    { cell: { ...cell, optimizer: 'ddcadam' as const, seed }, result: result([rate(2, 0.1), refused, rate(4, 0.1)]) },
  ])
  expect(deadRates.summarise(lines).findings).toEqual([
    'deep linear: with adamw at shrinkage 0.01 a rate is readable in 0 [0, 0] of 3 cells.',
    'deep linear: with ddcadam at shrinkage 0.01 a rate is readable in 2 [2, 2] of 3 cells, more than with adamw on 2 of 2 seeds (sign test p = 0.5).',
  ])
})
