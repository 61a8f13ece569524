import { exactTensor } from '@dead-directions/autodiff'
import { DDCAdam } from '@dead-directions/ddcadam'
import { identity, type Matrix } from '@dead-directions/linalg'
import { buildNetwork, initialParameters, type ParameterValues, standardNormals } from '@dead-directions/network'
import { findGauges, type Gauge, type GroupElement } from '@dead-directions/quotient'
import * as tf from '@tensorflow/tfjs'
import { float64 } from '../shell/float64.ts'
import type { Compute, Outcome } from '../shell/reading.ts'
import { deviation, type Path, trainedPath } from './paths.ts'

export interface GaugeState {
  readonly gauge: 'rescaling' | 'rotation'
  readonly size: number
  readonly steps: number
  readonly hidden: number
  readonly seed: number
}

export interface GaugeOutcome extends Outcome {
  /** Distance of the moved path from the moved points of the other, by optimizer and step. */
  readonly drift: { readonly adam: readonly number[]; readonly ddcadam: readonly number[] }
  readonly losses: { readonly adam: readonly number[]; readonly moved: readonly number[]; readonly ddcadam: readonly number[] }
}

const samples = 32

export const compute: Compute<GaugeState, GaugeOutcome> = async (state, pace) => {
  const { hidden, seed, steps } = state
  const activation = state.gauge === 'rescaling' ? 'relu' : 'identity'
  const network = buildNetwork(
    { input: [2], nodes: [{ name: 'body', primitive: 'mlp', spec: { widths: [2, hidden, 1], activation }, inputs: ['input'] }], output: 'body', likelihood: 'gaussian' },
    await float64(),
  )
  const gauges = findGauges(network)
  const gauge = gauges.find(({ kind }) => kind === (state.gauge === 'rescaling' ? 'rescaling' : 'general-linear'))!
  const start = initialParameters(network, seed)
  const element = elementOf(gauge, state)
  const moved = gauge.act(element, start)
  const data = { inputs: exactTensor(standardNormals(seed + 1, samples * 2), [samples, 2]), targets: exactTensor(standardNormals(seed + 2, samples), [samples, 1]) }
  const makers = { adam: () => tf.train.adam(0.02), ddcadam: () => new DDCAdam({ learningRate: 0.02, gauges }) }
  let done = 0
  const run = (make: () => tf.Optimizer, from: ParameterValues): Promise<Path> => trainedPath(network, from, data, make(), steps, () => pace(done++, 4 * (steps + 1)))
  try {
    const [adam, adamMoved] = [await run(makers.adam, start), await run(makers.adam, moved)]
    const [ddcadam, ddcadamMoved] = [await run(makers.ddcadam, start), await run(makers.ddcadam, moved)]
    const drift = { adam: driftOf(gauge, element, adam, adamMoved), ddcadam: driftOf(gauge, element, ddcadam, ddcadamMoved) }
    return {
      drift,
      losses: { adam: adam.losses, moved: adamMoved.losses, ddcadam: ddcadam.losses },
      lines: [
        { name: 'loss after the move / before', estimate: adamMoved.losses[0]! / adam.losses[0]!, error: 0, exact: 1, tolerance: 1e-12 },
        { name: `DDCAdam’s drift after ${steps} steps`, estimate: drift.ddcadam.at(-1)!, error: 0, exact: 0, tolerance: 1e-6 },
        { name: `Adam’s drift after ${steps} steps`, estimate: drift.adam.at(-1)!, error: 0, exact: null, tolerance: 0 },
      ],
      notes: [`The drift is the distance, relative, of the path from the moved point to the moved path. ${gauges.length} gauges of the network were found: ${gauges.map(({ label }) => label).join('; ')}.`],
    }
  } finally {
    tf.dispose(Object.values(data))
  }
}

function driftOf(gauge: Gauge, element: GroupElement, path: Path, movedPath: Path): number[] {
  return path.points.map((point, i) => deviation(movedPath.points[i]!, gauge.act(element, point)))
}

/** Scales of its own for every unit, or one turn in every pair of units. */
function elementOf({ units }: Gauge, { gauge, size }: GaugeState): GroupElement {
  const [forward, dual] = [identity(units), identity(units)]
  if (gauge === 'rotation') {
    for (let i = 0; i + 1 < units; i += 2) [forward, dual].forEach(side => turn(side, i, size))
  } else {
    for (let i = 0; i < units; i++) {
      const scale = Math.exp(size * Math.cos(i + 1))
      forward.data[i * units + i] = scale
      dual.data[i * units + i] = 1 / scale
    }
  }
  return { forward, dual }
}

function turn({ data, cols }: Matrix, i: number, angle: number): void {
  data[i * cols + i] = data[(i + 1) * cols + i + 1] = Math.cos(angle)
  data[i * cols + i + 1] = -Math.sin(angle)
  data[(i + 1) * cols + i] = Math.sin(angle)
}

