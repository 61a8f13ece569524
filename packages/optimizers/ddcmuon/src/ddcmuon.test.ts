import { mlp } from '@dead-directions/arch-mlp'
import { exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import { buildNetwork, forward, initialParameters, type ParameterValues, standardNormals } from '@dead-directions/network'
import { checkEquivariance, findGauges, type Gauge, gaugeOf } from '@dead-directions/quotient'
import { createRegistry } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { DDCMuon } from './ddcmuon.ts'
import { newtonSchulz } from './newton-schulz.ts'

beforeAll(() => nodeBackend.install())

function problem(widths: readonly number[], activation: string): { gauges: readonly Gauge[]; parameters: ParameterValues; loss(parameters: Readonly<Record<string, tf.Tensor>>): tf.Scalar } {
  const nodes = [{ name: 'body', primitive: 'mlp', spec: { widths, activation, bias: true }, inputs: ['input'] }]
  const network = buildNetwork({ input: [widths[0] as number], nodes, output: 'body', likelihood: 'categorical' }, createRegistry().use(mlp))
  const inputs = exactTensor(standardNormals(7, 4 * (widths[0] as number)), [4, widths[0] as number])
  const target = exactTensor(standardNormals(8, 4 * (widths.at(-1) as number)), [4, widths.at(-1) as number])
  const drawn = initialParameters(network, 2)
  return {
    gauges: findGauges(network).map(gauge => (gauge.kind === 'general-linear' ? gaugeOf({ ...gauge, kind: 'rotation' }) : gauge)),
    parameters: Object.fromEntries(Object.entries(drawn).map(([name, value], i) => [name, { ...value, data: value.data.map((x, j) => x + 0.3 * Math.sin(1 + 2 * i + j)) }])),
    loss: parameters => tf.neg(tf.mean(tf.mul(tf.softmax(target), tf.log(tf.softmax(forward(network, parameters, inputs)))))),
  }
}

test.each([
  ['relu', [2, 3, 4, 3]],
  ['identity', [2, 3, 3, 2]],
])('all gauges of a %s chain of widths %j at once commute with 60 steps to 1e-12, and not with Muon without them', async (activation, widths) => {
  const { gauges, ...chain } = problem(widths, activation)
  const before = tf.memory().numTensors
  const study = { ...chain, gauge: gauges, steps: 60, elements: 3 }
  expect(await checkEquivariance(() => new DDCMuon({ learningRate: 0.01, weightDecay: 0.1, gauges }), study)).toBeLessThan(1e-12)
  if (activation === 'relu') expect(await checkEquivariance(() => new DDCMuon({ learningRate: 0.01 }), { ...study, elements: 1 })).toBeGreaterThan(0.1)
  expect(tf.memory().numTensors).toBe(before)
})

test('without gauges a matrix takes Muon steps with Nesterov momentum and a vector those of Adam', () => {
  const before = tf.memory().numTensors
  const gradients = [1, 2].map(step => [1, 2, 3, 4].map(i => Math.sin(step * i)))
  const variable = (name: string, shape: number[]): tf.Variable => tf.tidy(() => tf.variable(tf.zeros(shape), true, name))
  const [w, b] = [variable('w', [2, 2]), variable('b', [4])]
  const optimizer = new DDCMuon({ learningRate: 0.1 })
  for (const gradient of gradients) tf.tidy(() => optimizer.applyGradients([{ name: 'w', tensor: tf.tensor2d(gradient, [2, 2]) }, { name: 'b', tensor: tf.tensor1d(gradient) }]))
  const [first, second] = gradients as [number[], number[]]
  const nesterov = [first.map(g => 1.95 * g), second.map((g, i) => g + 0.95 * (g + 0.95 * (first[i] as number)))]
  const expected = tf.tidy(() => nesterov.map(m => newtonSchulz(tf.tensor2d(m, [2, 2]))).reduce((sum, x) => tf.sub(sum, tf.mul(x, 0.1)), tf.zeros([2, 2]) as tf.Tensor2D))
  w.dataSync().forEach((x, i) => expect(x).toBeCloseTo(expected.dataSync()[i] as number, 6))
  const adam = first.map((g, i) => {
    const h = second[i] as number
    return -0.1 * (Math.sign(g) + (0.9 * g + h) / 1.9 / Math.sqrt((0.999 * g * g + h * h) / 1.999))
  })
  b.dataSync().forEach((x, i) => expect(x).toBeCloseTo(adam[i] as number, 5))
  tf.dispose([w, b, expected])
  optimizer.dispose()
  expect(tf.memory().numTensors).toBe(before)
})

test('compiles into a model; a resumed run repeats the bits of one that never stopped', async () => {
  const before = tf.memory().numTensors
  const drawn = (seed: number): ReturnType<typeof tf.initializers.glorotNormal> => tf.initializers.glorotNormal({ seed })
  const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [3], units: 5, activation: 'relu', kernelInitializer: drawn(1) }), tf.layers.dense({ units: 2, activation: 'softmax', kernelInitializer: drawn(2) })] })
  const start = model.getWeights().map(weight => weight.clone())
  const x = tf.randomNormal([16, 3], 0, 1, 'float32', 5)
  const y = tf.tidy(() => tf.oneHot(tf.cast(tf.greater(tf.sum(x, 1), 0), 'int32'), 2))
  const run = async (optimizer: tf.Optimizer, epochs: number): Promise<number[]> => {
    model.compile({ optimizer, loss: 'categoricalCrossentropy' })
    const { history } = await model.fit(x, y, { epochs, shuffle: false, verbose: 0 })
    return history['loss'] as number[]
  }
  const bits = (): string => model.getWeights().map(weight => [...weight.dataSync()].join()).join()
  const whole = new DDCMuon({ learningRate: 0.05, gauges: findGauges(model), momentum: 0.9 })
  const losses = await run(whole, 20)
  expect(losses.at(-1)).toBeLessThan(0.5 * (losses[0] as number))
  const expected = bits()
  model.setWeights(start)
  const first = new DDCMuon({ learningRate: 0.05, gauges: findGauges(model), momentum: 0.9 })
  await run(first, 8)
  const saved = await first.getWeights()
  const second = DDCMuon.fromConfig<DDCMuon>(DDCMuon, JSON.parse(JSON.stringify(first.getConfig())))
  await second.setWeights(saved)
  await run(second, 12)
  expect(bits()).toBe(expected)
  tf.dispose([...start, x, y, saved[0]?.tensor as tf.Tensor])
  for (const optimizer of [whole, first, second]) optimizer.dispose()
  model.dispose()
  expect(tf.memory().numTensors).toBe(before)
})
