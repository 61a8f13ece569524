import { exactTensor } from '@dead-directions/autodiff'
import { presetRegistry } from '@dead-directions/dead-directions'
import { buildNetwork, forward, initialParameters, type Network, type ParameterValues, standardNormals } from '@dead-directions/network'
import { findGauges, type Gauge, gaugeOf } from '@dead-directions/quotient'
import type { NetworkDescription } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'

/** A small network to train on random data, with the gauges to be watched. */
export interface Problem {
  /** All that the optimizer is told of. */
  readonly gauges: readonly Gauge[]
  readonly parameters: ParameterValues
  outputs(parameters: Readonly<Record<string, tf.Tensor>>): tf.Tensor
  /** What the outputs say, which no gauge moves: Gaussian means, or logits without their mean. */
  prediction(outputs: tf.Tensor): tf.Tensor
  loss(outputs: tf.Tensor): tf.Scalar
  /** Tensors that the caller disposes of. */
  readonly held: readonly tf.Tensor[]
}

/** Networks that between them have every kind of gauge. */
export type ProblemName = 'relu units' | 'two hidden layers' | 'logits' | 'tanh units' | 'linear layers' | 'rotary block'

const networks: Readonly<Record<ProblemName, NetworkDescription>> = {
  'relu units': perceptron([3, 4, 2], 'relu', 'gaussian'),
  'two hidden layers': perceptron([3, 4, 4, 2], 'relu', 'gaussian'),
  'logits': perceptron([3, 4, 3], 'relu', 'categorical'),
  'tanh units': perceptron([3, 4, 2], 'tanh', 'gaussian'),
  'linear layers': perceptron([3, 4, 2], 'identity', 'gaussian'),
  'rotary block': {
    input: [2, 4],
    nodes: [{ name: 'block', primitive: 'transformer-block', spec: { rope: {}, width: 4, heads: 2, hidden: 3, norm: 'rmsnorm', placement: 'pre', feedforward: 'mlp', activation: 'relu' }, inputs: ['input'] }],
    output: 'block',
    likelihood: 'gaussian',
  },
}

/** The names of {@link ProblemName}. */
export const problemNames: readonly ProblemName[] = Object.keys(networks) as ProblemName[]

function perceptron(widths: readonly number[], activation: string, likelihood: 'gaussian' | 'categorical'): NetworkDescription {
  const nodes = [{ name: 'body', primitive: 'mlp', spec: { widths, activation, bias: true }, inputs: ['input'] }]
  return { input: [widths[0] as number], nodes, output: 'body', likelihood }
}

/** The network of a problem. */
function networkOf(name: ProblemName): Network {
  return buildNetwork(networks[name], presetRegistry())
}

/** Kinds of gauge watched in each network, so that each kind comes up where it is alone or where gauges meet. */
const watched: Readonly<Record<ProblemName, readonly Gauge['kind'][]>> = {
  'relu units': ['rescaling', 'permutation'],
  'two hidden layers': ['rescaling'],
  'logits': ['translation'],
  'tanh units': ['sign'],
  'linear layers': ['general-linear', 'rotation'],
  'rotary block': ['rescaling', 'rotation', 'phase'],
}

/** The first gauge of every kind watched in a problem; rotations of linear layers are those of their general linear gauge. */
export function watchedGauges(name: ProblemName): readonly Gauge[] {
  const all = findGauges(networkOf(name))
  return watched[name].map(kind => {
    const own = all.find(gauge => gauge.kind === kind)
    const general = all.find(gauge => gauge.kind === 'general-linear')
    if (own === undefined && general === undefined) throw new RangeError(`gauges of ${name}: got none of kind ${kind}, expected one`)
    return own ?? gaugeOf({ ...(general as Gauge), kind, label: `${kind} among the ${(general as Gauge).label}` })
  })
}

/** The problem's data and start, drawn from a seed on the active backend. */
export function problem(name: ProblemName, seed: number): Problem {
  const network = networkOf(name)
  const samples = 8
  const draws = (at: number, shape: readonly number[]): tf.Tensor => exactTensor(standardNormals(1000 * seed + at, samples * size(shape)), [samples, ...shape])
  const inputs = draws(1, network.description.input)
  const targets = draws(2, network.outputShape)
  const classes = tf.tidy(() => tf.oneHot(tf.argMax(targets, -1).toInt(), network.outputShape.at(-1) as number, 1, 0, 'float32'))
  const drawn = initialParameters(network, 1000 * seed + 3)
  return {
    gauges: findGauges(network),
    // Biases start at zero, where a gauge would not move them.
    parameters: Object.fromEntries(Object.entries(drawn).map(([key, value], i) => [key, shaken(value, 1000 * seed + 10 + i)])),
    outputs: parameters => forward(network, parameters, inputs),
    prediction: outputs => (network.description.likelihood === 'gaussian' ? tf.clone(outputs) : tf.sub(outputs, tf.mean(outputs, -1, true))),
    loss: outputs => (network.description.likelihood === 'gaussian' ? tf.mean(tf.squaredDifference(outputs, targets)) : tf.neg(tf.mean(tf.mul(classes, tf.logSoftmax(outputs))))),
    held: [inputs, targets, classes],
  }
}

function shaken<T extends ParameterValues[string]>(value: T, seed: number): T {
  const noise = standardNormals(seed, value.data.length)
  return { ...value, data: value.data.map((x, i) => x + 0.2 * (noise[i] as number)) }
}

function size(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1)
}
