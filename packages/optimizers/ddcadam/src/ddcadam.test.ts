import { nodeBackend } from '@dead-directions/backend-node'
import { findGauges, type GaugeData, type Slot } from '@dead-directions/quotient'
import * as tf from '@tensorflow/tfjs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DDCAdam, type DDCAdamOptions } from './ddcadam.ts'
import type { Schedule } from './schedule.ts'

let tensors = 0

beforeEach(async () => {
  await nodeBackend.install()
  tensors = tf.memory().numTensors
})
afterEach(() => expect(tf.memory().numTensors).toBe(tensors))

const variable = (name: string, values: readonly number[], shape: number[]): tf.Variable => tf.tidy(() => tf.variable(tf.tensor([...values], shape), true, name))
const slot = (parameter: string, axis: 0 | 1, side: Slot['side']): Slot => ({ parameter, axis, offset: 0, side })
const rescaling: GaugeData = { kind: 'rescaling', label: 'hidden', units: 2, slots: [slot('first', 0, 'forward'), slot('second', 1, 'dual')] }

/** One Adam of a scalar, as in a textbook. */
function scalarAdam(): (gradient: number, step: number) => number {
  let [m, v] = [0, 0]
  return (gradient, step) => {
    m = 0.9 * m + 0.1 * gradient
    v = 0.999 * v + 0.001 * gradient ** 2
    return m / (1 - 0.9 ** step) / (Math.sqrt(v / (1 - 0.999 ** step)) + 1e-8)
  }
}

/** Row E by hand for one pair of blocks. */
function pairByHand(first: number[], second: number[], frozen: boolean): (gradients: readonly [number[], number[]], step: number) => readonly [number[], number[]] {
  const [eta, decay] = [0.05, 0.1]
  const [radial, gauge] = [scalarAdam(), scalarAdam()]
  const adams = [first, second].map(block => block.map(() => scalarAdam()))
  const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * (b[i] as number), 0)
  let blocks: [number[], number[]] = [first, second]
  return (gradients, step) => {
    blocks = blocks.map(block => block.map(w => (1 - eta * decay) * w)) as [number[], number[]]
    const [g1, g2] = blocks.map((block, i) => dot(gradients[i] as number[], block)) as [number, number]
    const across = radial((g1 + g2) / Math.SQRT2, step)
    const along = frozen ? 0 : gauge((g1 - g2) / Math.SQRT2, step)
    blocks = blocks.map((block, i) => {
      const rho = Math.hypot(...block)
      const inner = [g1, g2][i] as number
      const u = block.map((w, j) => adams[i]![j]!(rho * (gradients[i]![j]! - (inner / rho ** 2) * w), step))
      const back = dot(u, block) / rho ** 2
      const change = (-eta * (across + (i === 0 ? along : -along))) / Math.SQRT2
      return block.map((w, j) => Math.exp(change) * w - eta * rho * ((u[j] as number) - back * w))
    }) as [number[], number[]]
    return blocks
  }
}

describe.each([
  ['block', 'frozen'],
  ['block', 'adam'],
  ['unit', 'frozen'],
  ['unit', 'adam'],
] as const)('granularity %s, gauge mode %s', (granularity, gaugeMode) => {
  test('five steps on given gradients are those of row E by hand', () => {
    const [first, second] = [[0.5, -1, 2, 0.25], [1.5, 0.75, -0.5, 1]]
    // Row i of the first and column i of the second belong to unit i.
    const rows = granularity === 'block' ? [[0, 1, 2, 3]] : [[0, 1], [2, 3]]
    const columns = granularity === 'block' ? [[0, 1, 2, 3]] : [[0, 2], [1, 3]]
    const pick = (from: readonly number[], at: readonly number[]): number[] => at.map(i => from[i] as number)
    const byHand = rows.map((row, i) => pairByHand(pick(first, row), pick(second, columns[i] as number[]), gaugeMode === 'frozen'))
    const optimizer = new DDCAdam({ learningRate: 0.05, weightDecay: 0.1, gauges: [rescaling], granularity, gaugeMode })
    const variables = [variable('first', first, [2, 2]), variable('second', second, [2, 2])]
    for (let step = 1; step <= 5; step++) {
      const gradients = [first, second].map((block, i) => block.map((_, j) => Math.sin(step + 3 * i + 2 * j)))
      tf.tidy(() => optimizer.applyGradients({ first: tf.tensor2d(gradients[0]!, [2, 2]), second: tf.tensor2d(gradients[1]!, [2, 2]) } as unknown as tf.NamedTensorMap & Record<string, tf.Variable>))
      byHand.forEach((next, i) => {
        const expected = next([pick(gradients[0]!, rows[i]!), pick(gradients[1]!, columns[i]!)], step)
        variables.forEach((moved, block) => {
          const found = pick([...moved.dataSync()], (block === 0 ? rows : columns)[i]!)
          found.forEach((x, j) => expect(x).toBeCloseTo(expected[block]![j]!, 6))
        })
      })
    }
    optimizer.dispose()
    tf.dispose([...variables])
  })
})

test('without gauges it is AdamW', () => {
  const x = variable('x', [1, -2, 3], [3])
  const optimizer = new DDCAdam({ learningRate: 0.1, weightDecay: 0.2 })
  const adams = [1, -2, 3].map(() => scalarAdam())
  let expected = [1, -2, 3]
  for (let step = 1; step <= 20; step++) {
    expected = expected.map((w, i) => (1 - 0.1 * 0.2) * w - 0.1 * adams[i]!(4 * (w - 0.5) ** 3, step))
    optimizer.minimize(() => tf.sum(tf.square(tf.square(tf.sub(x, 0.5)))).asScalar())
  }
  x.dataSync().forEach((found, i) => expect(found).toBeCloseTo(expected[i] as number, 6))
  optimizer.dispose()
  x.dispose()
})

/** A model with hidden units, its data and its optimiser. */
function regression(activation: 'relu' | 'linear' = 'relu', units = 12): { model: tf.Sequential; x: tf.Tensor2D; y: tf.Tensor2D } {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ inputShape: [2], units, activation, kernelInitializer: tf.initializers.glorotNormal({ seed: 3 }) }),
      tf.layers.dense({ units: 1, kernelInitializer: tf.initializers.glorotNormal({ seed: 4 }) }),
    ],
  })
  const x = tf.randomNormal([32, 2], 0, 1, 'float32', 5) as tf.Tensor2D
  return { model, x, y: tf.tidy(() => tf.sub(tf.relu(tf.slice(x, [0, 0], [32, 1])), tf.mul(0.5, tf.slice(x, [0, 1], [32, 1]))) as tf.Tensor2D) }
}

// A line leaves a variance of 0.09 of what relu units can fit.
test.each([
  ['relu', 12, 0.05],
  ['linear', 2, 0.15],
] as const)('compiles into a model of %s units and fits it; a resumed run repeats the bits of one that never stopped', async (activation, units, most) => {
  const { model, x, y } = regression(activation, units)
  const gauges = findGauges(model)
  const fresh = (): DDCAdam => new DDCAdam({ learningRate: 0.02, gauges, weightDecay: 0.01, linearGauges: 'whole' })
  const start = model.getWeights().map(weight => weight.clone())
  const run = async (optimizer: tf.Optimizer, epochs: number): Promise<number> => {
    model.compile({ optimizer, loss: 'meanSquaredError' })
    const { history } = await model.fit(x, y, { epochs, batchSize: 8, shuffle: false, verbose: 0 })
    return history['loss']?.at(-1) as number
  }
  const bits = (): string => model.getWeights().map(weight => [...weight.dataSync()].join()).join()

  const whole = fresh()
  const loss = await run(whole, 40)
  const expected = bits()
  expect(loss).toBeLessThan(most)

  model.setWeights(start)
  const before = fresh()
  await run(before, 15)
  const saved = await before.getWeights()
  const after = DDCAdam.fromConfig<DDCAdam>(DDCAdam, JSON.parse(JSON.stringify(before.getConfig())))
  await after.setWeights(saved)
  await run(after, 25)
  expect(bits()).toBe(expected)

  tf.dispose([...start, saved[0]?.tensor as tf.Tensor, x, y])
  for (const optimizer of [whole, before, after]) optimizer.dispose()
  model.dispose()
})

/** Loss after 150 steps from units whose two sides are out of balance by the square of a factor. */
function lossFrom(imbalance: number, make: (gauges: readonly GaugeData[]) => tf.Optimizer): number {
  const { model, x, y } = regression()
  const gauges = findGauges(model)
  const [kernel, bias, next, last] = model.getWeights() as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor]
  tf.tidy(() => model.setWeights([tf.mul(kernel, imbalance), bias, tf.div(next, imbalance), last]))
  const optimizer = make(gauges)
  const loss = (): tf.Scalar => tf.losses.meanSquaredError(y, model.predict(x) as tf.Tensor) as tf.Scalar
  for (let i = 0; i < 150; i++) optimizer.minimize(loss)
  const found = tf.tidy(() => loss().dataSync()[0] as number)
  tf.dispose([x, y])
  optimizer.dispose()
  model.dispose()
  return found
}

test('a start out of balance by 10⁶ converges as a balanced one does, where Adam is left behind', () => {
  const quotient = (gauges: readonly GaugeData[]): tf.Optimizer => new DDCAdam({ learningRate: 0.02, gauges })
  const [balanced, far] = [lossFrom(1, quotient), lossFrom(1e-3, quotient)]
  expect(far / balanced).toBeCloseTo(1, 5)
  expect(far).toBeLessThan(0.01)
  expect(lossFrom(1e-3, () => tf.train.adam(0.02))).toBeGreaterThan(100 * far)
})

/** The first steps of `x` on a gradient of one, where Adam's direction is one. */
function firstSteps(learningRate: DDCAdamOptions['learningRate'], steps: number): number[] {
  const x = variable('x', [0], [1])
  const optimizer = new DDCAdam({ learningRate })
  const places = Array.from({ length: steps }, () => {
    optimizer.minimize(() => tf.sum(x).asScalar())
    return -(x.dataSync()[0] as number)
  })
  optimizer.dispose()
  x.dispose()
  return places.map((place, i) => place - (places[i - 1] ?? 0))
}

test('a function gives every step its own rate, 1 being the first, and is no configuration', () => {
  firstSteps(step => step, 3).forEach((length, i) => expect(length).toBeCloseTo(i + 1, 6))
  expect(() => new DDCAdam({ learningRate: step => step }).getConfig()).toThrow('learningRate: got a function, expected a number or a schedule')
})

test('a schedule as data gives every step its rate, before and after it went through a configuration', () => {
  const learningRate = { kind: 'linear', peak: 0.3, warmup: 2, total: 5 } as const
  const config = new DDCAdam({ learningRate }).getConfig()
  const restored = JSON.parse(JSON.stringify(config)) as typeof config
  expect(DDCAdam.fromConfig<DDCAdam>(DDCAdam, restored).getConfig()).toEqual(config)
  for (const given of [learningRate, restored['learningRate'] as unknown as Schedule]) {
    firstSteps(given, 6).forEach((length, i) => expect(length).toBeCloseTo([0.15, 0.3, 0.2, 0.1, 0, 0][i] as number, 6))
  }
})

test('a gauge mode of its own follows Adam along the orbit, a frozen one leaves the balance of lengths', () => {
  const drift = (gaugeMode: 'frozen' | 'adam'): number => {
    const variables = [variable('first', [1, 2, 3, 4], [2, 2]), variable('second', [2, 1, 1, 2], [2, 2])]
    const ratio = (): number => Math.hypot(...variables[0]!.dataSync()) / Math.hypot(...variables[1]!.dataSync())
    const before = ratio()
    // Without a loss that the gauge leaves alone there is a gradient along it.
    const optimizer = new DDCAdam({ learningRate: 1e-3, gauges: [rescaling], granularity: 'block', gaugeMode })
    for (let i = 0; i < 20; i++) optimizer.minimize(() => tf.add(tf.sum(tf.square(variables[0] as tf.Tensor)), tf.sum(variables[1] as tf.Tensor)).asScalar(), false, variables)
    const after = ratio()
    optimizer.dispose()
    tf.dispose([...variables])
    return Math.abs(Math.log(after / before))
  }
  expect(drift('adam')).toBeGreaterThan(0.01)
  expect(drift('frozen')).toBeLessThan(1e-4)
})
