import type { OptimizerName } from '@dead-directions/training'
import { expect, test } from 'vitest'
import type { CurvePoint } from '../curve.ts'
import type { GapCell } from './gap-cell.ts'
import { overTraining } from './over-training.ts'
import { overTrainingTask } from './tasks.ts'

const cell = (optimizer: OptimizerName, seed = 1): GapCell => ({ task: 'noisy classes', optimizer, learningRate: 0.01, weightDecay: 0, steps: 200, readEvery: 20, seed })

test('learning drawn labels by heart costs on others', async () => {
  const { curve } = await overTraining.run(cell('adamw'), () => {})
  const [first, last] = [curve[0] as CurvePoint, curve.at(-1) as CurvePoint]
  expect(last.trainLoss).toBeLessThan(0.05)
  expect(last.validationLoss).toBeGreaterThan(first.validationLoss + 0.5)
})

test('text follows one law: what two letters are followed by at the end is what they are followed by inside', () => {
  const { training, validation } = overTrainingTask('markov text', 3)
  const [count, length] = validation.inputs.shape as [number, number]
  const inside = new Map<string, number[]>()
  const text = (n: number): number[] => [...validation.inputs.data.subarray(n * length, (n + 1) * length)]
  for (let n = 0; n < count; n++) for (let i = 2; i < length; i++) inside.set(text(n).slice(i - 2, i).join(), [...(inside.get(text(n).slice(i - 2, i).join()) ?? []), text(n)[i] as number])
  const share = (letters: readonly number[], letter: number): number => (letters.filter(other => other === letter).length + 1) / (letters.length + 8)
  const score = (shift: number): number =>
    Array.from({ length: count }, (_, n) => Math.log(share(inside.get(text(n).slice(-2).join()) ?? [], ((validation.targets.data[n] as number) + shift) % 8))).reduce((sum, x) => sum + x) / count
  // Better than chance by far, and than any other letter in the target's place.
  expect(score(0)).toBeGreaterThan(-Math.log(8) + 0.3)
  for (let shift = 1; shift < 8; shift++) expect(score(0)).toBeGreaterThan(score(shift) + 0.3)
  expect(training.inputs.data.join()).not.toBe(validation.inputs.data.slice(0, training.inputs.data.length).join())
})

test('a task is the same for the same seed only', () => {
  const first = (seed: number): number => overTrainingTask('noisy classes', seed).training.inputs.data[0] as number
  expect(first(1)).toBe(first(1))
  expect(first(1)).not.toBe(first(2))
})

test('the summary reads gaps at the end and at one training loss', () => {
  const point = (step: number, trainLoss: number, validationLoss: number): CurvePoint => ({ step, trainLoss, trainAccuracy: 1, validationLoss, validationAccuracy: 0 })
  const lines = [1, 2].flatMap(seed => [
    { cell: cell('adamw', seed), result: { curve: [point(1, 0.5, 1), point(2, 0.08, 1.08), point(3, 0, 5)] } },
    { cell: cell('ddcadam', seed), result: { curve: [point(1, 0.5, 1), point(2, 0.2, 1), point(3, 0.2, 2.2)] } },
  ])
  const { findings, sections } = overTraining.summarise(lines)
  expect(findings).toEqual([
    'noisy classes, decay 0, learning rate 0.01: final gap in nats adamw 5 [5, 5], ddcadam 2 [2, 2].',
    'noisy classes, decay 0, learning rate 0.01: ddcadam ends with a smaller gap than adamw on 2 of 2 seeds (sign test p = 0.5).',
  ])
  expect(sections[0]?.table?.rows.map(row => row[5])).toEqual(['1 [1, 1]', 'never [never, never]'])
})
