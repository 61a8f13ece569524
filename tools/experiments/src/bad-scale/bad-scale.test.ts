import { exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import type { ParameterValues } from '@dead-directions/network'
import type { OptimizerName } from '@dead-directions/training'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { badScale } from './bad-scale.ts'
import type { ScaleCell } from './scale-cell.ts'
import { student, unbalanced } from './student.ts'

beforeAll(() => nodeBackend.install())

const tiny = (optimizer: OptimizerName, c: number): ScaleCell => ({ optimizer, c, learningRates: [0.1], target: 0.2, mostSteps: 60, seed: 1 })

const steps = async (optimizer: OptimizerName, c: number): Promise<number | null> => (await badScale.run(tiny(optimizer, c), () => {})).steps[0] as number | null

test('the imbalance leaves the function alone', () => {
  const { gauges, parameters, loss, held } = student(1)
  const at = (values: ParameterValues): number =>
    tf.tidy(() => loss(Object.fromEntries(Object.entries(values).map(([name, { data, shape }]) => [name, exactTensor(data, shape as number[])]))).dataSync()[0] as number)
  const moved = unbalanced({ gauges, parameters }, 1000)
  expect(at(moved) / at(parameters)).toBeCloseTo(1, 12)
  const ratio = (name: string): number => Math.hypot(...(moved[name] as { data: Float64Array }).data) / Math.hypot(...(parameters[name] as { data: Float64Array }).data)
  expect([ratio('body.fc1.weight'), ratio('body.fc2.weight')].map(x => Number(x.toPrecision(12)))).toEqual([1000, 0.001])
  tf.dispose([...held])
})

test('DDCAdam and DDCMuon take the same steps from every start, Adam and descent more from a bad one', async () => {
  const before = tf.memory().numTensors
  for (const optimizer of ['ddcadam', 'ddcmuon'] as const) {
    const balanced = await steps(optimizer, 1)
    expect(balanced).toBeLessThan(60)
    expect(await steps(optimizer, 100)).toBe(balanced)
  }
  expect((await steps('adam', 100)) ?? Infinity).toBeGreaterThan(2 * ((await steps('adam', 1)) as number))
  expect(await steps('sgd', 100)).toBeNull()
  expect(tf.memory().numTensors).toBe(before)
})

test('the summary states medians, and says of an optimizer whose steps are all the same that they are', () => {
  const line = (optimizer: OptimizerName, c: number, seed: number, found: number | null): Parameters<typeof badScale.summarise>[0][number] => ({ cell: { ...tiny(optimizer, c), seed }, result: { steps: [found] } })
  const lines = [1, 2, 3].flatMap(seed => [line('adam', 1, seed, seed), line('adam', 100, seed, seed === 1 ? 40 : null), line('ddcadam', 1, seed, 5), line('ddcadam', 100, seed, 5)])
  const { findings, sections } = badScale.summarise(lines)
  expect(findings).toEqual([
    'adam: median 2 at c = 1, never at c = 100.',
    'ddcadam: on every seed the same number of steps at every c, median 5 [5, 5].',
    'c = 100: ddcadam takes fewer steps than adam on 3 of 3 seeds (sign test p = 0.25).',
  ])
  expect(sections[0]?.table?.rows).toEqual([
    ['adam', '2 [1, 3]', 'never [40, never]'],
    ['ddcadam', '5 [5, 5]', '5 [5, 5]'],
  ])
})
