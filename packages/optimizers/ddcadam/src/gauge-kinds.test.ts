import { exactData, exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import { type ParameterValues, standardNormals } from '@dead-directions/network'
import { type Gauge, gaugeOf, type Slot } from '@dead-directions/quotient'
import type { GaugeKind, TensorData } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { DDCAdam } from './ddcadam.ts'

/** The model as it is, and 50 copies moved by random elements: one optimiser trains them side by side. */
const copies = 51
const steps = 100

/** Tensors `[copies, ...]` by name. */
type Copies = Readonly<Record<string, tf.Tensor3D>>

interface Model {
  readonly shapes: Readonly<Record<string, readonly number[]>>
  readonly slots: readonly Slot[]
  /** Sums a loss over the copies; what the gauge moves must not change it. */
  loss(parameters: Copies): tf.Tensor
}

const slot = (parameter: string, axis: 0 | 1, side: Slot['side'], tile = 1): Slot => ({ parameter, axis, offset: 0, side, tile })
const everywhere = (data: Float64Array, rows: number, columns: number): tf.Tensor3D => tf.tile(exactTensor<tf.Rank.R3>(data, [1, rows, columns]), [copies, 1, 1])
const constant = (seed: number, rows: number, columns: number): tf.Tensor3D => everywhere(standardNormals(seed, rows * columns), rows, columns)
const through = (weight: tf.Tensor | undefined, x: tf.Tensor): tf.Tensor3D => tf.matMul(weight as tf.Tensor3D, x as tf.Tensor3D)
const misfit = (output: tf.Tensor3D): tf.Tensor => tf.sum(tf.squaredDifference(output, constant(9, output.shape[1], output.shape[2])))
/** Scores of queries and keys at two positions, turned by the positions where they rotate. */
const attention = (q: tf.Tensor3D, k: tf.Tensor3D): tf.Tensor => misfit(tf.softmax(tf.matMul(q, k, true)))

/** Positions 0 and 1, where every pair of rows of the second is turned by its own angle. */
function placed(x: tf.Tensor3D): tf.Tensor3D {
  const [c, s] = [Math.cos, Math.sin].map(f => [1, 0.1].map(f)) as [number[], number[]]
  const turn = Float64Array.from({ length: 16 }, (_, at) => {
    const [i, j] = [Math.floor(at / 4), at % 4]
    const pair = Math.floor(i / 2)
    return pair !== Math.floor(j / 2) ? 0 : i === j ? (c[pair] as number) : (i < j ? -1 : 1) * (s[pair] as number)
  })
  const turned = tf.matMul(everywhere(turn, 4, 4), tf.slice(x, [0, 0, 1], [-1, -1, 1]))
  return tf.concat([tf.slice(x, [0, 0, 0], [-1, -1, 1]), turned], 2) as tf.Tensor3D
}

const x = (rows = 2): tf.Tensor3D => constant(7, rows, 2)
const perceptron: Model = {
  shapes: { w: [3, 2], b: [3], v: [2, 3] },
  slots: [slot('w', 0, 'forward'), slot('b', 0, 'forward'), slot('v', 1, 'dual')],
  loss: ({ w, b, v }) => misfit(through(v, tf.relu(tf.add(through(w, x()), b as tf.Tensor)))),
}
const valueOutput: Model = { shapes: { v: [3, 2], o: [2, 3] }, slots: [slot('v', 0, 'forward'), slot('o', 1, 'dual')], loss: ({ v, o }) => misfit(through(o, through(v, x()))) }
const queryKey: Model = {
  shapes: { q: [3, 2], qb: [3], k: [3, 2], kb: [3] },
  slots: [slot('q', 0, 'forward'), slot('qb', 0, 'forward'), slot('k', 0, 'dual'), slot('kb', 0, 'dual')],
  loss: ({ q, qb, k, kb }) => attention(tf.add(through(q, x()), qb as tf.Tensor3D), tf.add(through(k, x()), kb as tf.Tensor3D)),
}
/** Fewer units than what they read, so that a general linear gauge can be balanced. */
const bottleneck: Model = { shapes: { v: [2, 3], b: [2], o: [3, 2] }, slots: [slot('v', 0, 'forward'), slot('b', 0, 'forward'), slot('o', 1, 'dual')], loss: ({ v, b, o }) => misfit(through(o, tf.add(through(v, x(3)), b as tf.Tensor))) }
const heads: Model = {
  shapes: { v: [4, 2], o: [2, 4] },
  slots: [slot('v', 0, 'forward', 2), slot('o', 1, 'dual', 2)],
  loss: ({ v, o }) => misfit(tf.add(through(o, tf.square(through(v, x()))), through(o, through(v, x())))),
}

interface Case {
  readonly kind: GaugeKind
  readonly model: Model
  readonly weightDecay?: number
  /** Gauges of the model beside the one that moves it. */
  readonly beside?: readonly Pick<Case, 'kind' | 'model'>[]
  /** Whether Adam respects it too: gradients do not see a translation, and its steps do not see names. */
  readonly adam: boolean
}

/** Two rows each. */
function narrow({ shapes, ...model }: Model): Model {
  return { ...model, shapes: Object.fromEntries(Object.entries(shapes).map(([name, [, ...rest]]) => [name, [2, ...rest]])) }
}

const keyBias = { kind: 'translation', model: { ...queryKey, slots: [slot('kb', 0, 'forward')] } } as const

const cases: Readonly<Record<string, Case>> = {
  'rescaling of hidden units with biases, decayed': { kind: 'rescaling', model: perceptron, weightDecay: 0.1, adam: false },
  'rescaling of gated units': {
    kind: 'rescaling',
    model: {
      shapes: { gate: [3, 2], up: [3, 2], down: [2, 3] },
      slots: [slot('up', 0, 'forward'), slot('down', 1, 'dual')],
      loss: ({ gate, up, down }) => misfit(through(down, tf.mul(tf.sigmoid(through(gate, x())), through(up, x())))),
    },
    adam: false,
  },
  'scale of every channel of a normalisation against the columns that read it': {
    kind: 'rescaling',
    model: {
      shapes: { gamma: [3], q: [2, 3], k: [2, 3] },
      slots: [slot('gamma', 0, 'forward'), slot('q', 1, 'dual'), slot('k', 1, 'dual')],
      loss: ({ gamma, q, k }) => {
        const normal = tf.mul(tf.div(x(3), tf.sqrt(tf.mean(tf.square(x(3)), 1, true))), gamma as tf.Tensor) as tf.Tensor3D
        return tf.add(misfit(through(q, normal)), misfit(tf.tanh(through(k, normal))))
      },
    },
    adam: false,
  },
  'shift of all logits, decayed': {
    kind: 'translation',
    model: { shapes: { w: [3, 2] }, slots: [slot('w', 1, 'forward')], loss: ({ w }) => misfit(tf.transpose(tf.softmax(tf.transpose(through(w, x()), [0, 2, 1])), [0, 2, 1])) },
    weightDecay: 0.1,
    adam: true,
  },
  'tokens against positions, decayed': {
    kind: 'translation',
    model: {
      shapes: { tokens: [3, 4], positions: [3, 2] },
      slots: [slot('tokens', 0, 'forward'), slot('positions', 0, 'dual')],
      loss: ({ tokens, positions }) => misfit(tf.add(through(tokens, tf.abs(constant(5, 4, 2)).div(tf.sum(tf.abs(constant(5, 4, 2)), 1, true))), positions as tf.Tensor)),
    },
    weightDecay: 0.1,
    adam: true,
  },
  // A key bias has no gradient but rounding, of which Adam makes steps of full length.
  'shift of a key bias, decayed': { ...keyBias, weightDecay: 0.1, adam: false },
  'rotation between values and output': { kind: 'rotation', model: valueOutput, adam: false },
  'rotation of queries and keys with biases, decayed': { kind: 'rotation', model: queryKey, beside: [keyBias], weightDecay: 0.1, adam: false },
  'general linear maps between values and output, decayed': { kind: 'general-linear', model: bottleneck, weightDecay: 0.1, adam: false },
  'general linear maps of queries undone by keys': { kind: 'general-linear', model: narrow(queryKey), beside: [{ kind: 'translation', model: narrow(keyBias.model) }], adam: false },
  'phases of rotary queries and keys': {
    kind: 'phase',
    model: { shapes: { q: [4, 2], k: [4, 2] }, slots: [slot('q', 0, 'forward'), slot('k', 0, 'dual')], loss: ({ q, k }) => attention(placed(through(q, x())), placed(through(k, x()))) },
    adam: false,
  },
  'permutation of hidden units': { kind: 'permutation', model: perceptron, adam: true },
  'permutation of heads': { kind: 'permutation', model: heads, adam: true },
  'signs of hidden units of an odd activation': { kind: 'sign', model: { ...valueOutput, loss: ({ v, o }) => misfit(through(o, tf.tanh(through(v, x())))) }, adam: true },
}

/** Along the axis of its slot, or else its first, a parameter of all copies is one of a model as many times as wide. */
const axisOf = ({ slots }: Model, name: string): 0 | 1 => slots.find(({ parameter }) => parameter === name)?.axis ?? 0

function stacked(values: readonly TensorData[], axis: 0 | 1): tf.Tensor {
  return tf.tidy(() => tf.concat(values.map(({ data, shape }) => exactTensor(data, shape)), axis))
}

/** Of a wide parameter, the copies: `[copies, rows, columns]`. */
function apart(wide: tf.Tensor, [rows = 1, columns = 1]: readonly number[], axis: 0 | 1): tf.Tensor3D {
  return axis === 0 ? tf.reshape(wide, [copies, rows, columns]) : tf.transpose(tf.reshape(wide, [rows, copies, columns]), [1, 0, 2])
}

/** What an optimiser of the wide model has to know: one gauge as wide, or one for each copy where units mix. */
function wideGauges(gauge: Gauge): readonly Gauge[] {
  const { units, slots } = gauge
  if (gauge.kind === 'rescaling' || gauge.kind === 'translation') return [gaugeOf({ ...gauge, units: units * copies })]
  return Array.from({ length: copies }, (_, copy) => gaugeOf({ ...gauge, slots: slots.map(own => ({ ...own, offset: copy * units * (own.tile ?? 1) })) }))
}

/** The largest distance of any parameter of any moved copy from where the moved end of the first is, over its norm. */
async function deviation(model: Model, gauge: Gauge, optimizer: tf.Optimizer): Promise<number> {
  const start: ParameterValues = Object.fromEntries(
    Object.entries(model.shapes).map(([name, shape], i) => [name, { shape, data: standardNormals(20 + i, shape.reduce((product, n) => product * n)) }]),
  )
  const elements = Array.from({ length: copies - 1 }, (_, i) => gauge.randomElement(i + 1))
  const starts = [start, ...elements.map(element => gauge.act(element, start))]
  const names = Object.keys(start)
  const variables = Object.fromEntries(names.map(name => [name, tf.tidy(() => tf.variable(stacked(starts.map(own => own[name] as TensorData), axisOf(model, name)), true, name))]))
  const apartOf = (name: string): tf.Tensor3D => apart(variables[name] as tf.Variable, model.shapes[name] as readonly number[], axisOf(model, name))
  for (let step = 0; step < steps; step++) {
    optimizer.minimize(() => model.loss(Object.fromEntries(names.map(name => [name, apartOf(name)]))).asScalar(), false, Object.values(variables))
  }
  const ends = copiesOf(model, Object.fromEntries(await Promise.all(names.map(async (name): Promise<[string, Float64Array]> => [name, await read(() => apartOf(name))]))))
  tf.dispose(variables)
  optimizer.dispose()
  const [end, ...moved] = ends as [ParameterValues, ...ParameterValues[]]
  return Math.max(...moved.flatMap((found, i) => names.map(name => distance(found[name] as TensorData, gauge.act(elements[i] as ReturnType<Gauge['randomElement']>, end)[name] as TensorData))))
}

async function read(tensor: () => tf.Tensor): Promise<Float64Array> {
  const made = tf.tidy(tensor)
  const data = await exactData(made)
  made.dispose()
  return data
}

function copiesOf({ shapes }: Model, all: Readonly<Record<string, Float64Array>>): readonly ParameterValues[] {
  return Array.from({ length: copies }, (_, copy) =>
    Object.fromEntries(
      Object.entries(shapes).map(([name, shape]) => {
        const size = shape.reduce((product, n) => product * n)
        return [name, { shape, data: (all[name] as Float64Array).slice(copy * size, (copy + 1) * size) }]
      }),
    ),
  )
}

function distance(found: TensorData, expected: TensorData): number {
  return Math.hypot(...found.data.map((value, i) => value - (expected.data[i] as number))) / (Math.hypot(...expected.data) || 1)
}

const gaugeFor = ({ kind, model: { shapes, slots } }: Pick<Case, 'kind' | 'model'>): Gauge => {
  const [{ parameter, axis, tile = 1 }] = slots as [Slot]
  return gaugeOf({ kind, label: kind, units: ((shapes[parameter] as readonly number[])[axis] as number) / tile, slots })
}

describe.each([
  ['float64', 1e-12, () => nodeBackend.install()],
  ['float32', 1e-4, () => tf.setBackend('cpu')],
] as const)('in %s', (_precision, bound, install) => {
  test.each(Object.entries(cases))('50 elements of the %s commute with 100 steps', async (_title, given) => {
    await install()
    const tensors = tf.memory().numTensors
    const gauge = gaugeFor(given)
    const gauges = [gauge, ...(given.beside ?? []).map(gaugeFor)].flatMap(wideGauges)
    const found = await deviation(given.model, gauge, new DDCAdam({ learningRate: 0.01, weightDecay: given.weightDecay ?? 0, gauges, linearGauges: 'whole' }))
    expect(found).toBeLessThan(bound)
    const adam = await deviation(given.model, gauge, tf.train.adam(0.01))
    if (given.adam) expect(adam).toBeLessThan(bound)
    else expect(adam).toBeGreaterThan(1e-2)
    expect(tf.memory().numTensors).toBe(tensors)
  })
})

test('of a general linear gauge its rotations alone commute with 100 steps where no more is asked for', async () => {
  await nodeBackend.install()
  const linear = gaugeFor({ kind: 'general-linear', model: valueOutput })
  const optimizer = (): DDCAdam => new DDCAdam({ learningRate: 0.01, gauges: wideGauges(linear) })
  expect(await deviation(valueOutput, gaugeOf({ ...linear, kind: 'rotation' }), optimizer())).toBeLessThan(1e-12)
  expect(await deviation(valueOutput, linear, optimizer())).toBeGreaterThan(1e-2)
})
