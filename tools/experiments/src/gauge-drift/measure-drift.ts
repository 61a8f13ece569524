import { exactTensor } from '@dead-directions/autodiff'
import { norm } from '@dead-directions/linalg'
import { type ParameterValues, standardNormals } from '@dead-directions/network'
import type { Gauge } from '@dead-directions/quotient'
import * as tf from '@tensorflow/tfjs'
import { type OrbitMotion, orbitMotion } from './orbit-motion.ts'
import type { Problem } from './problems.ts'

/** How one optimizer treats one gauge. */
export interface Drift {
  /** For every group element: the largest distance between the projected trajectories over all looks; `null` where one diverged. */
  readonly projected: readonly (number | null)[]
  /** The same of the raw end: from moved parameters, the distance from the moved end. */
  readonly raw: readonly (number | null)[]
  /** The largest distance to the projected trajectory from a start one rounding away: what no arithmetic of this precision can fall below. */
  readonly nearby: number | null
  readonly motion: OrbitMotion
}

/** What {@link measureDrift} watches. */
export interface DriftStudy {
  readonly problem: Problem
  readonly gauge: Gauge
  /** A multiple of ten. */
  readonly steps: number
  readonly elements: number
  readonly seed: number
  makeOptimizer(): tf.Optimizer
  onProgress?(share: number): void
}

/** Steps between two looks at a trajectory. */
const LOOK_EVERY = 10

/** Parameters and predictions at every look, the start first. */
interface Trajectory {
  readonly parameters: readonly ParameterValues[]
  readonly predictions: readonly Float64Array[]
}

/**
 * Drift of an optimizer on one gauge: trained from parameters moved by random group elements, how far the trajectory, projected
 * to what the gauge leaves alone (its invariants and the network's predictions), lies from the one trained without. Distances are
 * relative Euclidean norms. Source: arXiv 2606.05957, row D3.
 */
export function measureDrift(study: DriftStudy): Drift {
  const { problem, gauge, elements, seed, onProgress } = study
  const path = train(study, problem.parameters, 1)
  const base = { parameters: path.parameters.filter(isLook), predictions: path.predictions.filter(isLook) }
  const drifts = Array.from({ length: elements }, (_, i) => {
    onProgress?.(i / elements)
    const element = gauge.randomElement(1000 * seed + i)
    const found = train(study, gauge.act(element, problem.parameters), LOOK_EVERY)
    const end = gauge.act(element, base.parameters.at(-1) as ParameterValues)
    return { projected: finite(projectedDistance(gauge, found, base)), raw: finite(rawDistance(found.parameters.at(-1) as ParameterValues, end)) }
  })
  const nearby = finite(projectedDistance(gauge, train(study, oneRoundingAway(problem.parameters, seed), LOOK_EVERY), base))
  return { projected: drifts.map(({ projected }) => projected), raw: drifts.map(({ raw }) => raw), nearby, motion: orbitMotion(gauge, path.parameters) }
}

/** Every value moved by a normal number of its own roundings. */
function oneRoundingAway(parameters: ParameterValues, seed: number): ParameterValues {
  const epsilon = tf.backend().epsilon()
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value], i) => {
      const noise = standardNormals(1000 * seed + 500 + i, value.data.length)
      return [name, { ...value, data: value.data.map((x, j) => x * (1 + epsilon * (noise[j] as number))) }]
    }),
  )
}

function isLook(_: unknown, step: number): boolean {
  return step % LOOK_EVERY === 0
}

/** @param lookEvery a divisor of the number of steps */
function train({ problem, steps, makeOptimizer }: DriftStudy, from: ParameterValues, lookEvery: number): Trajectory {
  const optimizer = makeOptimizer()
  const variables = Object.fromEntries(Object.entries(from).map(([name, { data, shape }]) => [name, tf.tidy(() => tf.variable(exactTensor(data, shape as number[]), true, name))]))
  const parameters: ParameterValues[] = []
  const predictions: Float64Array[] = []
  const note = (): void => {
    parameters.push(Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, { shape: value.shape, data: Float64Array.from(value.dataSync()) }])))
    const prediction = tf.tidy(() => problem.prediction(problem.outputs(variables)))
    predictions.push(Float64Array.from(prediction.dataSync()))
    prediction.dispose()
  }
  try {
    note()
    for (let step = 1; step <= steps; step++) {
      optimizer.minimize(() => problem.loss(problem.outputs(variables)), false, Object.values(variables))
      if (step % lookEvery === 0) note()
    }
    return { parameters, predictions }
  } finally {
    optimizer.dispose()
    tf.dispose(variables)
  }
}

function projectedDistance(gauge: Gauge, found: Trajectory, base: Trajectory): number {
  const predictions = found.predictions.map((values, step) => distance(values, base.predictions[step] as Float64Array))
  const invariants = found.parameters.map((values, step) => distance(gauge.invariants(values), gauge.invariants(base.parameters[step] as ParameterValues)))
  return [...predictions, ...invariants].reduce(largest, 0)
}

function rawDistance(found: ParameterValues, expected: ParameterValues): number {
  return Object.entries(expected).map(([name, { data }]) => distance((found[name] as ParameterValues[string]).data, data)).reduce(largest, 0)
}

function distance(found: Float64Array, expected: Float64Array): number {
  return norm(found.map((x, i) => x - (expected[i] as number))) / (norm(expected) || 1)
}

/** The larger of two, NaN where either is. */
function largest(a: number, b: number): number {
  return Math.max(a, b)
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
