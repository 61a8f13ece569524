import { nodeBackend } from '@dead-directions/backend-node'
import { checkEquivariance, type Gauge } from '@dead-directions/quotient'
import type { OptimizerName } from '@dead-directions/training'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { optimizerNamed } from '../optimizers.ts'
import { type Drift, measureDrift } from './measure-drift.ts'
import { problem, type ProblemName, problemNames, watchedGauges } from './problems.ts'

beforeAll(() => nodeBackend.install())

const [steps, elements, seed] = [10, 2, 1]

function drift(name: ProblemName, kind: Gauge['kind'], optimizer: OptimizerName, linearGauges: 'rotations' | 'whole' = 'rotations'): Drift {
  const posed = problem(name, seed)
  const gauge = watchedGauges(name).find(other => other.kind === kind) as Gauge
  const found = measureDrift({ problem: posed, gauge, steps, elements, seed, makeOptimizer: () => optimizerNamed(optimizer, 0.01, 0, posed.gauges, linearGauges) })
  tf.dispose([...posed.held])
  return found
}

test('every kind of gauge is watched', () => {
  const kinds = new Set(problemNames.flatMap(name => watchedGauges(name).map(({ kind }) => kind)))
  expect([...kinds].sort()).toEqual(['general-linear', 'permutation', 'phase', 'rescaling', 'rotation', 'sign', 'translation'])
})

test('the raw distance is what checkEquivariance finds', async () => {
  const posed = problem('relu units', seed)
  const gauge = watchedGauges('relu units')[0] as Gauge
  const makeOptimizer = (): tf.Optimizer => optimizerNamed('adam', 0.01, 0, [])
  const { raw } = measureDrift({ problem: posed, gauge, steps, elements, seed, makeOptimizer })
  const study = { gauge, parameters: posed.parameters, loss: (values: Readonly<Record<string, tf.Tensor>>) => posed.loss(posed.outputs(values)), steps, elements, seed: 1000 * seed }
  expect(Math.max(...raw.map(Number))).toBeCloseTo(await checkEquivariance(makeOptimizer, study), 12)
  tf.dispose([...posed.held])
})

test('on rescalings descent and Adam do not project, DDCAdam and DDCMuon do', () => {
  const before = tf.memory().numTensors
  for (const optimizer of ['sgd', 'adam', 'muon'] as const) expect(Math.max(...drift('relu units', 'rescaling', optimizer).projected.map(Number)), optimizer).toBeGreaterThan(1e-2)
  for (const optimizer of ['ddcadam', 'ddcmuon'] as const) expect(Math.max(...drift('relu units', 'rescaling', optimizer).projected.map(Number)), optimizer).toBeLessThan(1e-12)
  expect(tf.memory().numTensors).toBe(before)
})

test('on rotations descent and DDCAdam project, Adam does not, and Muon does not where biases turn too; on all of the general linear group none of them unless asked to', () => {
  for (const optimizer of ['sgd', 'ddcadam', 'ddcmuon'] as const) expect(Math.max(...drift('linear layers', 'rotation', optimizer).projected.map(Number)), optimizer).toBeLessThan(1e-12)
  for (const optimizer of ['adam', 'muon'] as const) expect(Math.max(...drift('linear layers', 'rotation', optimizer).projected.map(Number)), optimizer).toBeGreaterThan(1e-2)
  for (const optimizer of ['sgd', 'adam', 'ddcadam'] as const) expect(Math.max(...drift('linear layers', 'general-linear', optimizer).projected.map(Number)), optimizer).toBeGreaterThan(1e-3)
  for (const optimizer of ['ddcadam', 'ddcmuon'] as const) expect(Math.max(...drift('linear layers', 'general-linear', optimizer, 'whole').projected.map(Number)), optimizer).toBeLessThan(1e-12)
})

test('a start one rounding away ends near, and not in the same bits', () => {
  const { nearby } = drift('relu units', 'rescaling', 'ddcadam')
  expect(nearby).toBeGreaterThan(1e-17)
  expect(nearby).toBeLessThan(1e-12)
})

test('a shift of the logits projects for every optimizer without decay', () => {
  for (const optimizer of ['sgd', 'adam', 'ddcadam'] as const) expect(Math.max(...drift('logits', 'translation', optimizer).projected.map(Number)), optimizer).toBeLessThan(1e-9)
})

test('a trajectory that diverges is null', () => {
  const posed = problem('relu units', seed)
  const gauge = watchedGauges('relu units')[0] as Gauge
  const { projected } = measureDrift({ problem: posed, gauge, steps: 50, elements: 1, seed, makeOptimizer: () => optimizerNamed('sgd', 1e9, 0, []) })
  tf.dispose([...posed.held])
  expect(projected).toEqual([null])
})
