import { findGauges } from '@dead-directions/quotient'
import { exactTensor } from '@dead-directions/autodiff'
import { type Fisher, layerData, type LayerData } from '@dead-directions/kfac'
import { type Matrix, matrix, singularValues } from '@dead-directions/linalg'
import { findApproaches, type Network, parameterTensors, type ParameterValues, wholeLinearRun } from '@dead-directions/network'
import { type Approach, type Backend, BadInput } from '@dead-directions/registry'
import { posteriorPredictions } from '@dead-directions/selection-rule'
import * as tf from '@tensorflow/tfjs'
import { readChannel, type ReadChannel, wholeOrder } from './channel.ts'
import { readoutCriteria } from './criteria.ts'
import { type JointSpectrum, jointSpectrum } from './flat-directions.ts'
import { linearTotal, type SeenInputs, type TotalOutcome } from './linear-total.ts'
import type { ProbeSetting } from './probe.ts'
import type { LayerReading, Report, Total } from './report.ts'
import { outputSize, parameterCount, scoresObstacle } from './score.ts'
import { smoothTotal } from './smooth-total.ts'

/** Called as the readout goes on: `done` of `total` steps, and what the present one is. */
export type Progress = (done: number, total: number, step: string) => void

/** What a readout may be told. */
export interface ReadoutOptions {
  /** Seed of drawn labels, used only for wide outputs. Default 0. */
  readonly seed?: number
  /** Order h of a prior that vanishes as `|t|^h` along each dead direction, in coordinates t of its own. Default 0, a prior that is positive there. */
  readonly priorOrder?: number
  /** Inverse temperature of the posterior that the total is about. Default 1, Bayes. */
  readonly beta?: number
  /** Number n of observations for which the total predicts free energy and generalisation loss. */
  readonly observations?: number
  readonly onProgress?: Progress
}

/**
 * From one checkpoint and a sample of inputs: the dead directions of every layer with their KL orders, and (λ, m, ν) where a rule
 * determines them. No sampling of the posterior, no labels. What cannot be trusted is refused with its reason.
 * Source: arXiv 2606.05957, the readout (theory rows F.1–F.6), B4 and B5.
 *
 * @param network the model
 * @param parameters its weights, by full name
 * @param inputs `[samples, in]`, row-major
 * @param backend the active backend, whose precision every floor follows
 * @throws BadInput when the inputs do not fit the network; RangeError for a prior order, temperature or number of observations out of range
 * @example
 * import { loadCheckpoint, readInputs } from '@dead-directions/dead-directions'
 * import { readout } from '@dead-directions/readout'
 *
 * const { network, parameters, backend } = await loadCheckpoint('runs/student')
 * const report = await readout(network, parameters, await readInputs('runs/student/inputs.npy', 4), backend)
 * const { total, missing, warnings } = report
 */
export async function readout(network: Network, parameters: ParameterValues, inputs: Matrix, backend: Backend, options: ReadoutOptions = {}): Promise<Report> {
  const width = network.description.input.reduce((product, n) => product * n, 1)
  if (inputs.cols !== width) throw new BadInput('inputs columns', inputs.cols, `${width}, as the network reads`)
  if (inputs.rows === 0) throw new BadInput('inputs rows', 0, 'at least one sample')
  checkPosterior(options)
  const work = inputs.rows * (network.outputShape.at(-1) as number) * parameterCount(network)
  const fisher: Fisher = work <= readoutCriteria.exactWork && network.outputShape.length === 1 ? { kind: 'exact' } : { kind: 'sampled', seed: options.seed ?? 0, draws: 1 }
  const sample = exactTensor(inputs.data, [inputs.rows, ...network.description.input])
  try {
    return await readSample({ network, parameters, inputs: sample, fisher, epsilon: backend.epsilon }, inputs, backend, options)
  } finally {
    sample.dispose()
  }
}

async function readSample(setting: ProbeSetting, inputs: Matrix, backend: Backend, options: ReadoutOptions): Promise<Report> {
  const { network, parameters } = setting
  const approaches = findApproaches(network, parameters)
  const progress = counter(approaches.length, options.onProgress)
  progress.step('spectra')
  const { spectra, seen } = await layerSpectra(setting)
  const read: ReadChannel[] = []
  for (const approach of approaches) {
    progress.step(approach.label)
    read.push(await readChannel(setting, approach, options.priorOrder ?? 0, progress.advance))
  }
  progress.step('totals')
  const obstacle = scoresObstacle(network, inputs.rows)
  const joint = obstacle === null ? await jointSpectrum(network, parameters, setting.inputs, approaches) : null
  const outcome = await totalOf(setting, inputs, seen, approaches, read, joint ?? (obstacle as string), options.priorOrder ?? 0)
  progress.finish()
  return {
    backend: backend.name,
    precision: backend.precision,
    epsilon: backend.epsilon,
    likelihood: network.description.likelihood,
    fisher: setting.fisher.kind === 'exact' ? 'exact, one pass per output' : 'labels drawn from the model',
    samples: inputs.rows,
    priorOrder: options.priorOrder ?? 0,
    layers: spectra.map((layer): LayerReading => ({
      ...layer,
      directions: read.flatMap(({ directions }, channel) => directions.filter(direction => direction.layer === layer.name).map(({ reading }) => ({ channel, ...reading }))),
    })),
    channels: read.map(({ channel }) => channel),
    gauges: findGauges(network).filter(({ dimension }) => dimension > 0).map(({ label, dimension }) => ({ kind: label, dimension })),
    total: 'total' in outcome ? { ...outcome.total, posterior: predictions(outcome.total, options) } : null,
    missing: 'missing' in outcome ? outcome.missing : null,
    warnings: [...('warnings' in outcome ? outcome.warnings : []), ...warningsOf(read, joint?.unexplained ?? (obstacle as string))],
  }
}

async function layerSpectra({ network, parameters, inputs, fisher }: ProbeSetting): Promise<{ spectra: readonly Omit<LayerReading, 'directions'>[]; seen: SeenInputs }> {
  const tensors = parameterTensors(parameters)
  const layers = await layerData(network, tensors, inputs, fisher)
  tf.dispose(tensors)
  const spectra = layers.map(({ layer, activations, gradients }) => ({
    name: layer.name,
    primitive: layer.primitive,
    spectrum: { activation: [...singularValues(activations)], gradient: [...singularValues(gradients)] },
  }))
  return { spectra, seen: seenInputs((layers[0] as LayerData).activations, (layers[0] as LayerData).layer.in) }
}

/** @param width features of the first layer's input; a further column is its bias's constant */
function seenInputs(activations: Matrix, width: number): SeenInputs {
  const { rows, cols, data } = activations
  const inputs = matrix(rows, width)
  const withConstant = matrix(rows, width + 1, new Float64Array(rows * (width + 1)).fill(1 / Math.sqrt(rows)))
  for (let i = 0; i < rows; i++) {
    inputs.data.set(data.subarray(i * cols, i * cols + width), i * width)
    withConstant.data.set(data.subarray(i * cols, i * cols + width), i * (width + 1))
  }
  return { inputs: singularValues(inputs), withConstant: singularValues(withConstant) }
}

async function totalOf(
  setting: ProbeSetting,
  inputs: Matrix,
  seen: SeenInputs,
  approaches: readonly Approach[],
  read: readonly ReadChannel[],
  joint: JointSpectrum | string,
  priorOrder: number,
): Promise<TotalOutcome> {
  const run = wholeLinearRun(setting.network, setting.parameters)
  if (run !== null && priorOrder > 0 && approaches.length > 0) return { missing: `B7 has no closed form for a prior that vanishes along the dying channel (order ${priorOrder})` }
  if (run !== null) return linearTotal(setting.network, run, seen)
  const refused = read.find(({ channel }) => channel.refused !== null)
  if (refused !== undefined) return { missing: `${refused.channel.label}: its order was refused` }
  if (typeof joint === 'string') return { missing: `not every direction of the Fisher matrix can be accounted for: ${joint}` }
  if (joint.values.length < joint.parameters) return { missing: `${inputs.rows} samples are too few to see all ${joint.parameters} parameters` }
  if (setting.epsilon > readoutCriteria.totalEpsilon) return { missing: 'accounting for every direction needs a float64 backend' }
  if (joint.unexplained.length > 0) return { missing: `${joint.unexplained.length} flat direction${joint.unexplained.length === 1 ? '' : 's'} unexplained (see the warnings): nothing says what they add` }
  const dead = approaches.flatMap((approach, i) => {
    const order = wholeOrder((read[i] as ReadChannel).channel.klOrder ?? { value: NaN, standardError: NaN })
    return order === null || order === 1 ? [] : [{ approach, order }]
  })
  if (setting.network.description.likelihood === 'gaussian') {
    const size = await outputSize(setting)
    if (size < readoutCriteria.faintOutputs) return { missing: `the outputs are ${size.toExponential(1)} of the noise: the network may be one that should be zero, a singular point no candidate stands for` }
  }
  return smoothTotal(setting, dead, priorOrder)
}

/** Throws for what no total could be reported with, before the work. */
function checkPosterior(options: ReadoutOptions): void {
  const { priorOrder = 0 } = options
  if (!Number.isSafeInteger(priorOrder) || priorOrder < 0) throw new RangeError(`priorOrder: got ${String(priorOrder)}, expected a whole number of at least 0`)
  predictions({ lambda: 1, multiplicity: 1 }, options)
}

function predictions(invariants: Pick<Total, 'lambda' | 'multiplicity'>, { beta = 1, observations }: ReadoutOptions): Total['posterior'] {
  return posteriorPredictions(invariants, { beta, ...(observations === undefined ? {} : { observations }) })
}

function warningsOf(read: readonly ReadChannel[], unexplained: readonly number[] | string): readonly string[] {
  const far = read.filter(({ channel }) => channel.far).map(({ channel }) => `${channel.label}: the checkpoint is outside the straight window, far from this singular point`)
  const flat =
    typeof unexplained === 'string'
      ? [`the Fisher matrix of all parameters together was not read: ${unexplained}`]
      : unexplained.length === 0
        ? []
        : [`${unexplained.length} flat direction${unexplained.length === 1 ? '' : 's'} in no gauge and no approach found; no order is claimed (largest relative score ${Math.max(...unexplained).toExponential(1)})`]
  return [...far, ...flat]
}

/** Progress over the spectra, every point of every channel, and the totals. */
function counter(channels: number, onProgress: Progress | undefined): { step(label: string): void; advance(): void; finish(): void } {
  const total = channels * readoutCriteria.fisherPoints + 2
  let done = 0
  let label = ''
  return {
    step(next) {
      label = next
      onProgress?.(done, total, label)
    },
    advance: () => onProgress?.(++done, total, label),
    finish: () => onProgress?.(total, total, 'done'),
  }
}
