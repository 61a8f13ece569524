import { type Matrix, matrix } from '@dead-directions/linalg'
import { gaussianModel } from './gaussian-model.ts'
import type { StatisticalModel } from './statistical-model.ts'
import { copyMoves, incomingVanishes, outgoingVanishes, unitsMerge, unitVanishes } from './two-layer-degenerations.ts'

/** The true network of a two-layer model: hidden unit j has incoming weights `inner[j]` and outgoing weights column j of `outer`. */
export interface Teacher {
  /** Hidden units × inputs. */
  readonly inner: Matrix
  /** Outputs × hidden units. */
  readonly outer: Matrix
}

/** A two-layer network `x ↦ outer φ(inner x)` with unit Gaussian noise, wider than its teacher. */
export interface TwoLayerOptions {
  /** Sample of inputs, one per row; append a column of ones for biases. */
  readonly inputs: Matrix
  readonly teacher: Teacher
  /** Number of hidden units, more than the teacher's; by default one more. */
  readonly hidden?: number
}

interface Activation {
  readonly value: (x: number) => number
  readonly derivative: (x: number) => number
}

const linear: Activation = { value: x => x, derivative: () => 1 }
const relu: Activation = { value: x => Math.max(x, 0), derivative: x => (x > 0 ? 1 : 0) }
const tanh: Activation = { value: Math.tanh, derivative: x => 1 / Math.cosh(x) ** 2 }

/**
 * Reduced-rank regression, `y = B A x + noise`. Parameters: `A` by rows, then `B` by rows.
 *
 * Degenerations: a channel vanishes on both sides (k = 2) or on one (k = 1).
 *
 * @throws RangeError when sizes do not fit or the teacher is not narrower
 *
 * Source: arXiv 2606.05957, row A4.
 *
 * @example
 * import { klOrder, twoLayerLinear } from '@dead-directions/core-geometry'
 * import { fromRows } from '@dead-directions/linalg'
 * const model = twoLayerLinear({
 *   inputs: fromRows([[1, 0], [0, 1]]),
 *   teacher: { inner: fromRows([[1, 2]]), outer: fromRows([[1], [3]]) },
 * })
 * klOrder(model, model.degenerations[0]!.approach) // k = 2
 */
export function twoLayerLinear(options: TwoLayerOptions): StatisticalModel {
  return twoLayer('two-layer linear network', linear, options, (truth, teacher) => [
    unitVanishes(truth, teacher),
    incomingVanishes(truth, teacher),
    outgoingVanishes(truth, teacher),
  ])
}

/**
 * A two-layer tanh network with Gaussian noise. Parameters: inner weights by rows, then outer weights by rows.
 *
 * Degenerations: a unit vanishes on both sides (k = 2) or on one (k = 1); a teacher's unit is split in two that merge at
 * fixed output-weighted mean (k = 2) or with one copy moving alone (k = 1).
 *
 * @throws RangeError when sizes do not fit or the teacher is not narrower
 *
 * Source: arXiv 2606.05957, row A4; Amari, Park & Ozeki 2006 for merging units.
 *
 * @example
 * import { klOrder, tanhTwoLayer } from '@dead-directions/core-geometry'
 * import { fromRows } from '@dead-directions/linalg'
 * const model = tanhTwoLayer({
 *   inputs: fromRows([[1, 0], [0, 1], [1, 1], [2, -1]]),
 *   teacher: { inner: fromRows([[1, 0.5]]), outer: fromRows([[1]]) },
 * })
 * for (const { name, approach } of model.degenerations) klOrder(model, approach)
 */
export function tanhTwoLayer(options: TwoLayerOptions): StatisticalModel {
  return twoLayer('two-layer tanh network', tanh, options, (truth, teacher) => [
    unitVanishes(truth, teacher),
    incomingVanishes(truth, teacher),
    outgoingVanishes(truth, teacher),
    ...(teacher.units > 0 ? [unitsMerge(truth, teacher), copyMoves(truth, teacher)] : []),
  ])
}

/**
 * A two-layer ReLU network with Gaussian noise; the derivative at zero is taken as zero. Parameters: inner weights by rows,
 * then outer weights by rows.
 *
 * Degenerations: a unit vanishes on both sides (k = 2) or on one (k = 1), or one copy of a doubled unit moves (k = 1).
 * Units that merge at fixed mean have none here: between the kinks of a finite sample the divergence is exactly zero.
 *
 * @throws RangeError when sizes do not fit or the teacher is not narrower
 *
 * Source: arXiv 2606.05957, row A4.
 *
 * @example
 * import { klOrder, reluTwoLayer } from '@dead-directions/core-geometry'
 * import { fromRows } from '@dead-directions/linalg'
 * const model = reluTwoLayer({
 *   inputs: fromRows([[1, 0], [0, 1], [1, 1], [2, -1]]),
 *   teacher: { inner: fromRows([[1, 0.5]]), outer: fromRows([[1]]) },
 * })
 * klOrder(model, model.degenerations[0]!.approach) // k = 2
 */
export function reluTwoLayer(options: TwoLayerOptions): StatisticalModel {
  return twoLayer('two-layer ReLU network', relu, options, (truth, teacher) => [
    unitVanishes(truth, teacher),
    incomingVanishes(truth, teacher),
    outgoingVanishes(truth, teacher),
    ...(teacher.units > 0 ? [copyMoves(truth, teacher)] : []),
  ])
}

/** Sizes of a two-layer network, and where its parameters lie in the flat vector. */
export interface TwoLayerShape {
  readonly inputs: number
  readonly hidden: number
  readonly outputs: number
  /** Hidden units of the teacher; the rest of the student's are zero at the truth. */
  readonly units: number
  inner(unit: number, input: number): number
  outer(output: number, unit: number): number
}

type Degenerations = (truth: Float64Array, shape: TwoLayerShape) => StatisticalModel['degenerations']

function twoLayer(name: string, activation: Activation, options: TwoLayerOptions, degenerations: Degenerations): StatisticalModel {
  const shape = shapeOf(options)
  const truth = padded(options.teacher, shape)
  return gaussianModel({
    name,
    truth,
    mean: theta => mean(theta, shape, options.inputs, activation),
    jacobian: theta => jacobian(theta, shape, options.inputs, activation),
    degenerations: degenerations(truth, shape),
  })
}

function shapeOf({ inputs, teacher: { inner, outer }, hidden = inner.rows + 1 }: TwoLayerOptions): TwoLayerShape {
  if (inner.cols !== inputs.cols) throw new RangeError(`teacher.inner: got ${inner.cols} columns, expected ${inputs.cols}, one per input`)
  if (outer.cols !== inner.rows) throw new RangeError(`teacher.outer: got ${outer.cols} columns, expected ${inner.rows}, one per hidden unit`)
  if (!Number.isInteger(hidden) || hidden <= inner.rows) throw new RangeError(`hidden: got ${hidden}, expected a whole number above the teacher's ${inner.rows}`)
  return {
    inputs: inputs.cols,
    hidden,
    outputs: outer.rows,
    units: inner.rows,
    inner: (unit, input) => unit * inputs.cols + input,
    outer: (output, unit) => hidden * inputs.cols + output * hidden + unit,
  }
}

function padded({ inner, outer }: Teacher, shape: TwoLayerShape): Float64Array {
  const theta = new Float64Array(shape.hidden * (shape.inputs + shape.outputs))
  theta.set(inner.data)
  for (let o = 0; o < shape.outputs; o++) {
    for (let j = 0; j < shape.units; j++) theta[shape.outer(o, j)] = outer.data[o * outer.cols + j]!
  }
  return theta
}

function preActivation(theta: Float64Array, shape: TwoLayerShape, inputs: Matrix, sample: number, unit: number): number {
  let sum = 0
  for (let i = 0; i < shape.inputs; i++) sum += theta[shape.inner(unit, i)]! * inputs.data[sample * shape.inputs + i]!
  return sum
}

/** Outputs of every sample, scaled by 1/√samples so that squares sum to means. */
function mean(theta: Float64Array, shape: TwoLayerShape, inputs: Matrix, { value }: Activation): Float64Array {
  const result = new Float64Array(inputs.rows * shape.outputs)
  for (let s = 0; s < inputs.rows; s++) {
    for (let j = 0; j < shape.hidden; j++) {
      const active = value(preActivation(theta, shape, inputs, s, j)) / Math.sqrt(inputs.rows)
      for (let o = 0; o < shape.outputs; o++) result[s * shape.outputs + o]! += theta[shape.outer(o, j)]! * active
    }
  }
  return result
}

function jacobian(theta: Float64Array, shape: TwoLayerShape, inputs: Matrix, { value, derivative }: Activation): Matrix {
  const scale = 1 / Math.sqrt(inputs.rows)
  const result = matrix(inputs.rows * shape.outputs, theta.length)
  for (let s = 0; s < inputs.rows; s++) {
    for (let j = 0; j < shape.hidden; j++) {
      const x = preActivation(theta, shape, inputs, s, j)
      for (let o = 0; o < shape.outputs; o++) {
        const row = (s * shape.outputs + o) * theta.length
        const slope = scale * theta[shape.outer(o, j)]! * derivative(x)
        for (let i = 0; i < shape.inputs; i++) result.data[row + shape.inner(j, i)] = slope * inputs.data[s * shape.inputs + i]!
        result.data[row + shape.outer(o, j)] = scale * value(x)
      }
    }
  }
  return result
}
