import { directionalDerivative, exactData, exactTensor } from '@dead-directions/autodiff'
import { forward, initialParameters, type Network, parameterTensors, type ParameterValues, standardNormals } from '@dead-directions/network'
import { findGauges, type Gauge } from '@dead-directions/quotient'
import type { TensorData } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { readKernels } from './kernels.ts'
import type { Subject } from './subject.ts'
import { sampleInputs } from './sample-inputs.ts'

/** Relative change of the outputs that rounding may cause. */
const ROUNDING = 1e-11

/** Parameters in general position: drawn ones, and constants moved off their constant. */
export function generalPosition(network: Network, seed: number): ParameterValues {
  const drawn = Object.entries(initialParameters(network, seed))
  return Object.fromEntries(drawn.map(([name, { shape, data }], i) => [name, { shape, data: data.map((value, j) => value + 0.1 * Math.sin(1 + i + 3 * j)) }]))
}

/** Why a gauge of the network changes an output, or `null`. */
export async function gaugeFailure({ network, parameters, tokens }: Subject): Promise<string | null> {
  const reference = await outputs({ network, parameters, tokens, likelihood: true })
  for (const [i, gauge] of findGauges(network).entries()) {
    const moved = await outputs({ network, parameters: gauge.act(gauge.randomElement(5 + i), parameters), tokens, likelihood: true })
    const change = furthest(moved, reference)
    if (!(change <= ROUNDING)) return `${described(gauge)} changes the output by ${change.toExponential(1)} relative, expected at most ${ROUNDING}`
  }
  return null
}

/** A gauge by the node that what it acts on first is of, and by the parameters there. */
function described({ kind, slots }: Gauge): string {
  const [first = ''] = slots.map(({ parameter }) => parameter)
  const node = first.slice(0, first.indexOf('.'))
  const own = slots.filter(({ side }) => side === 'forward').map(({ parameter }) => parameter.slice(node.length + 1))
  return `node ${node}: the ${kind} gauge of ${[...new Set(own)].join(', ')}`
}

/** Why a declared kernel is none, or `null`: the centred values of its node must not vary along it, and it must be the only such direction. */
export async function kernelFailure(subject: Subject): Promise<string | null> {
  const wrong = (await readKernels(subject)).find(({ overlap, smallest }) => overlap !== null && !(smallest <= 1e-12 && Math.abs(overlap - 1) <= 1e-9))
  return wrong === undefined
    ? null
    : `node ${wrong.node}: kernel ${wrong.label} should be the direction of no variance; the smallest relative singular value is ${wrong.smallest.toExponential(1)} and its direction overlaps by ${(wrong.overlap as number).toFixed(6)}`
}

/** Why the exact directional derivative is not the numerical one, or `null`. */
export async function gradientFailure({ network, parameters, tokens }: Subject): Promise<string | null> {
  const names = Object.keys(parameters)
  if (names.length === 0) return null
  const directions = names.map((name, i) => standardNormals(40 + i, (parameters[name] as TensorData).data.length))
  const inputs = sampleInputs(network, 4, 11, tokens)
  const tensors = parameterTensors(parameters)
  const exact = tf.tidy(() => {
    const at = names.map(name => tensors[name] as tf.Tensor)
    const along = names.map((name, i) => exactTensor(directions[i] as Float64Array, (parameters[name] as TensorData).shape))
    return directionalDerivative((...moved) => forward(network, Object.fromEntries(names.map((name, i) => [name, moved[i] as tf.Tensor])), inputs), at, along).derivative
  })
  const derivative = await exactData(exact)
  tf.dispose([exact, inputs, ...Object.values(tensors)])
  const at = async (h: number): Promise<Float64Array> => {
    const moved = names.map((name, i): [string, TensorData] => {
      const { shape, data } = parameters[name] as TensorData
      return [name, { shape, data: data.map((value, j) => value + h * ((directions[i] as Float64Array)[j] as number)) }]
    })
    return outputs({ network, parameters: Object.fromEntries(moved), tokens, samples: 4 })
  }
  const centred = async (h: number): Promise<Float64Array> => {
    const [right, left] = [await at(h), await at(-h)]
    return right.map((value, i) => (value - (left[i] as number)) / (2 * h))
  }
  const [wide, narrow] = [await centred(1e-4), await centred(5e-5)]
  const numerical = narrow.map((value, i) => (4 * value - (wide[i] as number)) / 3)
  const difference = furthest(derivative, numerical)
  return difference <= 1e-7 ? null : `the exact derivative differs from the numerical one by ${difference.toExponential(1)} relative, expected at most 1e-7`
}

/** Why two runs differ or tensors stay behind, or `null`. */
export async function runFailure({ network, parameters, tokens }: Subject): Promise<string | null> {
  const before = tf.memory().numTensors
  const [one, other] = [await outputs({ network, parameters, tokens }), await outputs({ network, parameters, tokens })]
  const left = tf.memory().numTensors - before
  if (left !== 0) return `a forward pass leaves ${left} tensors behind, expected none`
  if (one.some((value, i) => value !== other[i])) return 'two runs on the same input differ, expected the same bits'
  return one.every(Number.isFinite) ? null : 'the output is not finite on normal inputs'
}

interface Run {
  readonly network: Network
  readonly parameters: ParameterValues
  readonly tokens: number | undefined
  /** 8 by default. */
  readonly samples?: number
  /** Whether to give what the likelihood makes of the output: probabilities of logits. */
  readonly likelihood?: boolean
}

async function outputs({ network, parameters, tokens, samples = 8, likelihood = false }: Run): Promise<Float64Array> {
  const inputs = sampleInputs(network, samples, 11, tokens)
  const tensors = parameterTensors(parameters)
  const softmax = likelihood && network.description.likelihood === 'categorical'
  const output = tf.tidy(() => (softmax ? tf.softmax(forward(network, tensors, inputs)) : tf.clone(forward(network, tensors, inputs))))
  const data = await exactData(output)
  tf.dispose([output, inputs, ...Object.values(tensors)])
  return data
}

/** Largest difference relative to the largest value. */
function furthest(a: Float64Array, b: Float64Array): number {
  const scale = b.reduce((largest, value) => Math.max(largest, Math.abs(value)), Number.MIN_VALUE)
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (b[i] as number))), 0) / scale
}
