import { exactTensor } from '@dead-directions/autodiff'
import { fitLeadingRate, type RateFit, type RateRefusal } from '@dead-directions/core-geometry'
import { type Fisher, layerData, type LayerData } from '@dead-directions/kfac'
import { matrix, type Matrix } from '@dead-directions/linalg'
import { type Network, parameterTensors, type ParameterValues } from '@dead-directions/network'
import { type Backend, BadInput, type TensorData } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { type Mode, shrinkingMode } from './trajectory-modes.ts'
import { type Observable, observables, observe, type Observed } from './trajectory-observables.ts'

/** One layer × observable cell of a trajectory. */
export interface TrajectoryCell {
  readonly layer: string
  readonly observable: Observable
  /** The layer's shrinking singular value, from its largest value on, in the order of training. */
  readonly t: readonly number[]
  readonly values: readonly number[]
  /** Precision floor of each value. */
  readonly floor: readonly number[]
  /** The leading rate in `t`, or why there is none. */
  readonly fit: RateFit | RateRefusal
}

/** How {@link readTrajectory} reads. */
export interface TrajectoryOptions {
  /** Which gradients; default `exact`, or labels drawn with seed 0 where outputs have positions. */
  readonly fisher?: Fisher
  /** Straightness that a rate needs, as in `fitLeadingRate`. Default 0.02. */
  readonly tolerance?: number
  /** Called after every snapshot. */
  onProgress?(done: number, total: number): void
}

interface Criteria {
  readonly epsilon: number
  readonly tolerance: number
}

/**
 * Leading rates along a training trajectory, for every layer with a weight and every {@link Observable}: `t` is the layer's own
 * shrinking singular value, read on the data as they are, with no probe path. Where several values shrink it is the one that
 * shrinks most. A cell whose `t` hardly moves, or whose values are no power of it, is refused.
 * Source: arXiv 2606.05957, rows C2, C3 and the readout (theory row F); arXiv 2606.29176.
 *
 * @param trajectory parameters at successive times
 * @param inputs `[samples, in]`, row-major
 * @param backend the active backend, whose precision every floor follows
 * @throws BadInput when there are fewer than two snapshots, or the inputs do not fit the network
 * @example
 * import { buildNetwork, matrix, nodeBackend, presetRegistry, standardNormals } from '@dead-directions/dead-directions'
 * import { readTrajectory } from '@dead-directions/readout'
 *
 * await nodeBackend.install()
 * const node = (name: string, from: string) => ({ name, primitive: 'linear', spec: { in: 1, out: 1 }, inputs: [from] })
 * const network = buildNetwork({ input: [1], nodes: [node('a', 'input'), node('b', 'a')], output: 'b', likelihood: 'gaussian' }, presetRegistry())
 * const weight = (t: number) => ({ shape: [1, 1], data: Float64Array.of(t) })
 * // Both weights decay together, as balanced ones do.
 * const trajectory = Array.from({ length: 20 }, (_, i) => ({ 'a.weight': weight(0.8 ** i), 'b.weight': weight(0.8 ** i) }))
 * const cells = await readTrajectory(network, trajectory, matrix(8, 1, standardNormals(1, 8)), nodeBackend)
 * const fit = cells.find(({ layer, observable }) => layer === 'b' && observable === 'activation factor')?.fit
 * fit?.kind === 'rate' && Math.round(1e9 * fit.rate) / 1e9 // 2
 */
export async function readTrajectory(
  network: Network,
  trajectory: readonly ParameterValues[],
  inputs: Matrix,
  backend: Pick<Backend, 'epsilon'>,
  options: TrajectoryOptions = {},
): Promise<readonly TrajectoryCell[]> {
  const width = network.description.input.reduce((product, n) => product * n, 1)
  if (trajectory.length < 2) throw new BadInput('trajectory', `${trajectory.length} snapshots`, 'at least two')
  if (inputs.cols !== width || inputs.rows === 0) throw new BadInput('inputs', `${inputs.rows} × ${inputs.cols}`, `at least one row of ${width} columns, as the network reads`)
  const read = network.layers.flatMap(({ name, weight }) => (weight === null ? [] : [{ name, modes: shrinkingMode(trajectory.map(values => asMatrix(values[weight] as TensorData))) }]))
  const fisher = options.fisher ?? (network.outputShape.length === 1 ? { kind: 'exact' } : { kind: 'sampled', seed: 0, draws: 1 })
  const seen: Readonly<Record<Observable, Observed>>[][] = []
  const sample = exactTensor(inputs.data, [inputs.rows, ...network.description.input])
  try {
    for (const [time, parameters] of trajectory.entries()) {
      const layers = await dataAt(network, parameters, sample, fisher)
      seen.push(read.map(({ name, modes }) => observe(layers.find(({ layer }) => layer.name === name) as LayerData, modes[time] as Mode, backend.epsilon)))
      options.onProgress?.(time + 1, trajectory.length)
    }
  } finally {
    sample.dispose()
  }
  return read.flatMap(({ name, modes }, i) => observables.map(observable => cell(name, observable, modes, seen.map(layers => (layers[i] as (typeof layers)[number])[observable]), { epsilon: backend.epsilon, tolerance: options.tolerance ?? 0.02 })))
}

async function dataAt(network: Network, parameters: ParameterValues, inputs: tf.Tensor, fisher: Fisher): Promise<readonly LayerData[]> {
  const tensors = parameterTensors(parameters)
  try {
    return await layerData(network, tensors, inputs, fisher)
  } finally {
    tf.dispose(tensors)
  }
}

function cell(layer: string, observable: Observable, modes: readonly Mode[], observed: readonly Observed[], { epsilon, tolerance }: Criteria): TrajectoryCell {
  const sizes = modes.map(({ value }) => value)
  // Before its largest value the singular value grows, which is another approach.
  const from = sizes.indexOf(Math.max(...sizes))
  const shrinking = modes.slice(from)
  const values = observed.slice(from)
  const usable = shrinking.flatMap(({ value, largest }, i) => (value > largest * epsilon ? [i] : []))
  const pick = (list: readonly number[]): readonly number[] => usable.map(i => list[i] as number)
  const t = pick(shrinking.map(({ value }) => value))
  const [f, floor] = [pick(values.map(({ value }) => value)), pick(values.map(({ floor }) => floor))]
  return { layer, observable, t, values: f, floor, fit: fitLeadingRate(t, f, { floor, tolerance }) }
}

function asMatrix({ shape, data }: TensorData): Matrix {
  const [rows, cols] = shape as [number, number]
  return matrix(rows, cols, data)
}
