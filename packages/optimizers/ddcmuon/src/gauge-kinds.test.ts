import { exactData, exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import { type ParameterValues, standardNormals } from '@dead-directions/network'
import { type Gauge, gaugeOf, type Slot } from '@dead-directions/quotient'
import type { GaugeKind, TensorData } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { DDCMuon } from './ddcmuon.ts'

const steps = 100
/** So small that the optimum stays ahead: there steps of fixed length bounce, and two runs from starts a rounding apart part ways. */
const learningRate = 0.002
/** `[copies, rows, columns]` by name; a vector is a column. */
type Copies = Readonly<Record<string, tf.Tensor3D>>

interface Model {
  readonly shapes: Readonly<Record<string, readonly number[]>>
  readonly gauges: readonly Gauge[]
  /** Sums a loss over the copies; what the gauges move must not change it. */
  loss(parameters: Copies): tf.Tensor
}

const slot = (parameter: string, axis: 0 | 1, side: Slot['side'], tile = 1): Slot => ({ parameter, axis, offset: 0, side, tile })
const gauge = (kind: GaugeKind, ...slots: Slot[]): Gauge => gaugeOf({ kind, label: kind, units: 2, slots })
const everywhere = (data: Float64Array, rows: number): tf.Tensor3D => exactTensor<tf.Rank.R3>(data, [1, rows, data.length / rows])
/** Two positions. */
const x = (rows = 2): tf.Tensor3D => everywhere(standardNormals(7, 2 * rows), rows)
const through = (weight: tf.Tensor | undefined, input: tf.Tensor): tf.Tensor3D => tf.matMul(weight as tf.Tensor3D, input as tf.Tensor3D)
const misfit = (output: tf.Tensor): tf.Tensor => tf.sum(tf.squaredDifference(output, everywhere(standardNormals(9, 2 * (output.shape[1] as number)), output.shape[1] as number)))
const overRows = (logits: tf.Tensor3D): tf.Tensor => tf.transpose(tf.softmax(tf.transpose(logits, [0, 2, 1])), [0, 2, 1])
const attention = (q: tf.Tensor, k: tf.Tensor): tf.Tensor => misfit(tf.softmax(tf.matMul(q, k, true)))

/** Two positions, the second turned by one radian. */
function placed(pairs: tf.Tensor3D): tf.Tensor3D {
  const turn = everywhere(Float64Array.of(Math.cos(1), -Math.sin(1), Math.sin(1), Math.cos(1)), 2)
  return tf.concat([tf.slice(pairs, [0, 0, 0], [-1, -1, 1]), tf.matMul(turn, tf.slice(pairs, [0, 0, 1], [-1, -1, 1]))], 2) as tf.Tensor3D
}

const valueOutput: Pick<Model, 'shapes' | 'loss'> = {
  shapes: { v: [2, 3], b: [2], o: [3, 2] },
  loss: ({ v, b, o }) => misfit(through(o, tf.add(through(v, x(3)), b as tf.Tensor))),
}
const behindValues = [slot('v', 0, 'forward'), slot('b', 0, 'forward'), slot('o', 1, 'dual')]
const queryKey: Pick<Model, 'shapes' | 'loss'> = {
  shapes: { q: [2, 2], qb: [2], k: [2, 2], kb: [2] },
  loss: ({ q, qb, k, kb }) => attention(tf.add(through(q, x()), qb as tf.Tensor), tf.add(through(k, x()), kb as tf.Tensor)),
}
const behindQueries = [slot('q', 0, 'forward'), slot('qb', 0, 'forward'), slot('k', 0, 'dual'), slot('kb', 0, 'dual')]
const keyShift = gauge('translation', slot('kb', 0, 'forward'))

const models: Readonly<Record<string, Model>> = {
  'rescaling and permutation of units, shift of logits': {
    shapes: { w: [2, 2], b: [2], v: [2, 2] },
    gauges: [
      gauge('rescaling', slot('w', 0, 'forward'), slot('b', 0, 'forward'), slot('v', 1, 'dual')),
      gauge('permutation', slot('w', 0, 'forward'), slot('b', 0, 'forward'), slot('v', 1, 'dual')),
      gauge('translation', slot('v', 1, 'forward')),
    ],
    loss: ({ w, b, v }) => misfit(overRows(through(v, tf.relu(tf.add(through(w, x()), b as tf.Tensor))))),
  },
  'rescaling of gated units': {
    shapes: { gate: [2, 2], up: [2, 2], down: [2, 2] },
    gauges: [gauge('rescaling', slot('up', 0, 'forward'), slot('down', 1, 'dual'))],
    loss: ({ gate, up, down }) => misfit(through(down, tf.mul(tf.sigmoid(through(gate, x())), through(up, x())))),
  },
  'signs of units': {
    shapes: { w: [2, 2], v: [2, 2] },
    gauges: [gauge('sign', slot('w', 0, 'forward'), slot('v', 1, 'dual'))],
    loss: ({ w, v }) => misfit(through(v, tf.tanh(through(w, x())))),
  },
  'shift of tokens against positions': {
    shapes: { tokens: [2, 3], positions: [2, 2] },
    gauges: [gauge('translation', slot('tokens', 0, 'forward'), slot('positions', 0, 'dual'))],
    loss: ({ tokens, positions }) => misfit(tf.add(tf.gather(tokens as tf.Tensor3D, [0, 2], 2), positions as tf.Tensor)),
  },
  'rotations of values against output': { ...valueOutput, gauges: [gauge('rotation', ...behindValues)] },
  'general linear maps of values against output': { ...valueOutput, gauges: [gauge('general-linear', ...behindValues)] },
  'rotations of queries against keys, shift of the key bias': { ...queryKey, gauges: [gauge('rotation', ...behindQueries), keyShift] },
  'general linear maps of queries against keys, shift of the key bias': { ...queryKey, gauges: [gauge('general-linear', ...behindQueries), keyShift] },
  'permutation of heads': {
    shapes: { v: [4, 2], o: [2, 4] },
    gauges: [gauge('permutation', slot('v', 0, 'forward', 2), slot('o', 1, 'dual', 2))],
    loss: ({ v, o }) => misfit(tf.add(through(o, tf.square(through(v, x()))), through(o, through(v, x())))),
  },
  'phases behind the scales of a normalisation': {
    shapes: { gamma: [2], q: [2, 2], k: [2, 2] },
    gauges: [gauge('phase', slot('q', 0, 'forward'), slot('k', 0, 'dual')), gauge('rescaling', slot('gamma', 0, 'forward'), slot('q', 1, 'dual'), slot('k', 1, 'dual'))],
    loss: ({ gamma, q, k }) => {
      const normal = tf.mul(tf.div(x(), tf.sqrt(tf.mean(tf.square(x()), 1, true))), gamma as tf.Tensor)
      return attention(placed(through(q, normal)), placed(through(k, normal)))
    },
  },
}

const nameIn = (copy: number, parameter: string): string => `${copy}/${parameter}`

/** A random element of every gauge, one after the other. */
function moved({ gauges }: Model, parameters: ParameterValues, seed: number): ParameterValues {
  return gauges.reduce((values, own, i) => own.act(own.randomElement(seed + 1000 * i), values), parameters)
}

/**
 * The largest distance of any parameter of any moved copy from where the moved end of the model itself is, over its norm. One
 * optimiser trains the model and its copies side by side, each with variables of its own.
 */
async function deviation(model: Model, elements: number, optimizer: (gauges: readonly Gauge[]) => tf.Optimizer): Promise<number> {
  const names = Object.keys(model.shapes)
  const start = Object.fromEntries(Object.entries(model.shapes).map(([name, shape], i): [string, TensorData] => [name, { shape, data: standardNormals(20 + i, shape.reduce((product, n) => product * n)) }]))
  const starts = Array.from({ length: elements + 1 }, (_, copy) => (copy === 0 ? start : moved(model, start, copy)))
  const variables = starts.map((own, copy) =>
    Object.fromEntries(names.map(name => [name, tf.tidy(() => tf.variable(exactTensor((own[name] as TensorData).data, (own[name] as TensorData).shape), true, nameIn(copy, name)))])),
  )
  const together = (name: string): tf.Tensor3D => tf.reshape(tf.stack(variables.map(own => own[name] as tf.Tensor)), [elements + 1, model.shapes[name]?.[0] as number, -1])
  const gauges = variables.flatMap((_, copy) => model.gauges.map(own => gaugeOf({ ...own, slots: own.slots.map(at => ({ ...at, parameter: nameIn(copy, at.parameter) })) })))
  const training = optimizer(gauges)
  const all = variables.flatMap(own => Object.values(own))
  for (let step = 0; step < steps; step++) training.minimize(() => model.loss(Object.fromEntries(names.map(name => [name, together(name)]))).asScalar(), false, all)
  const ends = await Promise.all(variables.map(own => valuesOf(own)))
  tf.dispose(all)
  training.dispose()
  const [end, ...others] = ends as [ParameterValues, ...ParameterValues[]]
  return Math.max(...others.flatMap((found, i) => names.map(name => distance(found[name] as TensorData, moved(model, end, i + 1)[name] as TensorData))))
}

async function valuesOf(variables: Readonly<Record<string, tf.Variable>>): Promise<ParameterValues> {
  return Object.fromEntries(await Promise.all(Object.entries(variables).map(async ([name, value]): Promise<[string, TensorData]> => [name, { shape: value.shape, data: await exactData(value) }])))
}

function distance(found: TensorData, expected: TensorData): number {
  return Math.hypot(...found.data.map((value, i) => value - (expected.data[i] as number))) / (Math.hypot(...expected.data) || 1)
}

describe.each([
  ['float64', 1e-12, () => nodeBackend.install()],
  ['float32', 1e-4, () => tf.setBackend('cpu')],
] as const)('in %s', (_precision, bound, install) => {
  test.each(Object.entries(models))('50 elements of %s commute with 100 steps', async (_title, model) => {
    await install()
    const tensors = tf.memory().numTensors
    const found = await deviation(model, 50, gauges => new DDCMuon({ learningRate, gauges, linearGauges: 'whole' }))
    expect(found).toBeLessThan(bound)
    const adam = await deviation(model, 5, () => tf.train.adam(0.01))
    // Its gradients do not see a translation, and its steps do not see names or signs.
    if (model.gauges.every(({ kind }) => kind === 'translation' || kind === 'permutation' || kind === 'sign')) expect(adam).toBeLessThan(bound)
    else expect(adam).toBeGreaterThan(1e-2)
    expect(tf.memory().numTensors).toBe(tensors)
  })
})
