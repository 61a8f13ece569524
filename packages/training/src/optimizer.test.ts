import { nodeBackend } from '@dead-directions/backend-node'
import { expect, test } from 'vitest'
import { primitives } from '../test/primitives.ts'
import { type OptimizerOptions, optimizerNames, optimizerSettings } from './optimizer.ts'
import type { Task } from './task.ts'
import { train } from './train.ts'

const [x, y] = [[1, 2, -1, 0.5, 0.25, -2], [3, 1, -0.5, 2, 1, 0]]
const start = [0.5, -1, 1.5, 0.25]

/** A linear map of two features, three samples, from `start`. */
const task: Task = {
  name: 'line',
  options: {},
  network: { input: [2], nodes: [{ name: 'map', primitive: 'linear', spec: { in: 2, out: 2 }, inputs: ['input'] }], output: 'map', likelihood: 'gaussian' },
  training: { inputs: { shape: [3, 2], data: Float64Array.from(x) }, targets: { shape: [3, 2], data: Float64Array.from(y) } },
  validation: { inputs: { shape: [3, 2], data: Float64Array.from(x) }, targets: { shape: [3, 2], data: Float64Array.from(y) } },
  batchSize: 3,
  initialScale: 1,
  shrinkage: 0,
}

/** `∂/∂W` of half the mean squared distance of `W x` from `y`. */
function gradientAt(w: readonly number[]): number[] {
  return [0, 1, 2, 3].map(k => {
    const [o, i] = [Math.floor(k / 2), k % 2]
    return [0, 1, 2].reduce((sum, n) => sum + (w[2 * o]! * x[2 * n]! + w[2 * o + 1]! * x[2 * n + 1]! - y[2 * n + o]!) * x[2 * n + i]!, 0) / 3
  })
}

type Rule = (w: number[], gradient: number[], step: number) => number[]
const [rate, decay] = [0.05, 0.3]

const sgd: Rule = (w, gradient) => w.map((value, k) => value - rate * (gradient[k]! + decay * value))

function adam(coupled: boolean): Rule {
  const [m, v] = [[0, 0, 0, 0], [0, 0, 0, 0]]
  return (w, gradient, step) =>
    w.map((value, k) => {
      const g = gradient[k]! + (coupled ? decay * value : 0)
      m[k] = 0.9 * m[k]! + 0.1 * g
      v[k] = 0.999 * v[k]! + 0.001 * g * g
      const direction = m[k]! / (1 - 0.9 ** step) / (Math.sqrt(v[k]! / (1 - 0.999 ** step)) + 1e-8)
      return (coupled ? value : value * (1 - rate * decay)) - rate * direction
    })
}

function muon(): Rule {
  const momentum = [0, 0, 0, 0]
  const times = (a: number[], b: number[]): number[] => [a[0]! * b[0]! + a[1]! * b[2]!, a[0]! * b[1]! + a[1]! * b[3]!, a[2]! * b[0]! + a[3]! * b[2]!, a[2]! * b[1]! + a[3]! * b[3]!]
  return (w, gradient) => {
    gradient.forEach((g, k) => (momentum[k] = 0.95 * momentum[k]! + g))
    const nesterov = gradient.map((g, k) => g + 0.95 * momentum[k]!)
    let z = nesterov.map(value => value / Math.hypot(...nesterov))
    for (let i = 0; i < 5; i++) {
      const gram = times(z, [z[0]!, z[2]!, z[1]!, z[3]!])
      const square = times(gram, gram)
      const push = times(gram.map((value, k) => -4.775 * value + 2.0315 * square[k]!), z)
      z = z.map((value, k) => 3.4445 * value + push[k]!)
    }
    return w.map((value, k) => value * (1 - rate * decay) - rate * z[k]!)
  }
}

test.each<[OptimizerOptions['name'], Rule]>([
  ['sgd', sgd],
  ['adam', adam(true)],
  ['adamw', adam(false)],
  ['muon', muon()],
])('six steps of %s are those of its textbook', async (name, rule) => {
  await nodeBackend.install()
  const resumeFrom = { step: 0, parameters: { 'map.weight': { shape: [2, 2], data: Float64Array.from(start) } }, optimizer: new Map([['iter', { shape: [], data: Float64Array.of(0) }]]) }
  let expected = start
  for await (const { step, state } of train({ task, registry: primitives, optimizer: { name, learningRate: rate, weightDecay: decay }, steps: 6, resumeFrom })) {
    expected = rule(expected, gradientAt(expected), step)
    const found = (await state()).parameters['map.weight']?.data as Float64Array
    // TensorFlow.js holds the learning rate and the moments' decays in float32.
    found.forEach((value, k) => expect(value).toBeCloseTo(expected[k] as number, 6))
  }
})

test('a decay that is not given shrinks by what the task says, beside the gradient only', () => {
  const decays = Object.fromEntries(optimizerNames.map(name => [name, optimizerSettings({ shrinkage: 1e-3 }, { name, learningRate: 0.02 }).weightDecay]))
  expect(decays).toEqual({ sgd: 0, adam: 0, adamw: 0.05, muon: 0.05, ddcadam: 0.05, ddcmuon: 0.05 })
  expect(optimizerSettings({ shrinkage: 1e-3 }, { name: 'adamw', weightDecay: 0 }).weightDecay).toBe(0)
})

test.each<[OptimizerOptions, string]>([
  [{ name: 'lion' as 'sgd' }, 'optimizer.name: got "lion", expected "adam", "adamw", "ddcadam", "ddcmuon", "muon" or "sgd"'],
  [{ name: 'ddcadam', gaugeMode: 'sgd' as 'adam' }, 'optimizer.gaugeMode: got "sgd", expected "frozen" or "adam"'],
  [{ name: 'ddcmuon', linearGauges: 'all' as 'whole' }, 'optimizer.linearGauges: got "all", expected "rotations" or "whole"'],
  [{ name: 'sgd', learningRate: 0 }, 'optimizer.learningRate: got 0, expected positive'],
  [{ name: 'sgd', weightDecay: -1 }, 'optimizer.weightDecay: got -1, expected non-negative'],
])('%o is refused', (options, message) => {
  expect(() => optimizerSettings(task, options)).toThrow(message)
})
