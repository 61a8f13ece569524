import type { OptimizerName } from '@dead-directions/training'
import { expect, test } from 'vitest'
import type { GrokCell, GrokResult } from './grok-cell.ts'
import { grokking } from './grokking.ts'

const cell = (optimizer: OptimizerName, seed = 1): GrokCell => ({
  modulus: 5,
  trainFraction: 0.6,
  width: 16,
  heads: 2,
  optimizer,
  learningRate: 0.01,
  weightDecay: 0,
  accuracy: 0.95,
  mostSteps: 60,
  readEvery: 10,
  seed,
})

test('a transformer learns its examples long before others, the same way twice', async () => {
  const found = await grokking.run(cell('adamw'), () => {})
  expect(found.learnt).toBeLessThan(60)
  expect(found.grokked).toBeNull()
  expect(found.curve).toHaveLength(6)
  expect(await grokking.run(cell('adamw'), () => {})).toEqual(found)
})

const ended = (grokked: number | null): GrokResult => ({ learnt: 10, grokked, curve: [{ step: 10, trainLoss: 1, trainAccuracy: 1, validationLoss: 2, validationAccuracy: 0 }] })

test('the summary takes every optimizer at its best setting and compares seed by seed', () => {
  const lines = [1, 2, 3].flatMap(seed => [
    { cell: cell('adamw', seed), result: ended(seed === 3 ? null : 100) },
    { cell: { ...cell('adamw', seed), learningRate: 0.003 }, result: ended(null) },
    { cell: cell('ddcadam', seed), result: ended(50 + seed) },
  ])
  const { findings, sections } = grokking.summarise(lines)
  expect(findings).toEqual([
    'p = 5: adamw groks 2 of 3, median 100 [100, never] steps at rate 0.01, decay 0; ddcadam groks 3 of 3, median 52 [51, 53] steps at rate 0.01, decay 0.',
    'p = 5: ddcadam groks before adamw on 3 of 3 seeds (sign test p = 0.25).',
  ])
  expect(sections[0]?.table?.rows.map(row => [row[0], row[1], row[3], row[4]])).toEqual([
    ['adamw', 0.01, 3, 2],
    ['adamw', 0.003, 3, 0],
    ['ddcadam', 0.01, 3, 3],
  ])
})
