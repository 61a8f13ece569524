import { exactTensor } from '@dead-directions/autodiff'
import { identity, type Matrix } from '@dead-directions/linalg'
import { balancing, type GaugeData } from '@dead-directions/quotient'
import * as tf from '@tensorflow/tfjs'
import { type OptimizerState } from './adam.ts'
import type { Named } from './canonical.ts'

/** Maps along axes of parameters into the frame where general linear gauges only rotate. */
export interface LinearFrames {
  /** Gradients there, by name. */
  gradients(gradients: Named): Named
  /** Values there, by name. */
  values(values: Named): Named
  /** Gives a variable the value that is `next` there. */
  assign(variable: tf.Variable, next: tf.Tensor): void
}

type Axis = 0 | 1

/** Frames are kept in the state under these names, and what is not moved has none. */
const frameName = (parameter: string, axis: Axis): string => `${parameter}/frame ${axis}`
const coframeName = (parameter: string, axis: Axis): string => `${parameter}/coframe ${axis}`

/**
 * The frames that the state holds; where it holds none yet, those in which the variables are balanced.
 * Source: arXiv 2606.05957, rows D1, D3 and E.
 *
 * @throws RangeError naming a gauge that cannot be balanced
 */
export function linearFrames(state: OptimizerState, gauges: readonly GaugeData[], variables: Readonly<Record<string, tf.Variable>>): LinearFrames {
  const linear = gauges.filter(({ kind }) => kind === 'general-linear')
  const places = new Map(linear.flatMap(({ slots }) => slots).map(({ parameter, axis }) => [frameName(parameter, axis), { parameter, axis }]))
  if ([...places.keys()].some(name => !state.has(name))) keepBalanced(state, gauges, variables)
  const mapped = (name: string, tensor: tf.Tensor, nameOf: typeof frameName, inverse = false): tf.Tensor =>
    ([0, 1] as const).reduce((moved, axis) => {
      const map = state.get(nameOf(name, axis)) as tf.Tensor2D | undefined
      return map === undefined ? moved : along(moved, axis, map, inverse)
    }, tensor)
  const each = (tensors: Named, nameOf: typeof frameName): Named => Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, mapped(name, tensor, nameOf)]))
  return {
    gradients: gradients => each(gradients, coframeName),
    values: values => each(values, frameName),
    assign: (variable, next) => {
      const before = mapped(variable.name, variable, frameName)
      // Only the change takes the way back, so that what stands still keeps its bits.
      variable.assign(before === variable ? next : tf.add(variable, mapped(variable.name, tf.sub(next, before), coframeName, true)))
    },
  }
}

/** The map along one axis, or its transpose. */
function along(tensor: tf.Tensor, axis: Axis, map: tf.Tensor2D, transposed: boolean): tf.Tensor {
  if (tensor.rank === 1) return tf.reshape(tf.matMul(map, tf.reshape(tensor, [-1, 1]) as tf.Tensor2D, transposed), tensor.shape)
  return axis === 0 ? tf.matMul(map, tensor as tf.Tensor2D, transposed) : tf.matMul(tensor as tf.Tensor2D, map, false, !transposed)
}

function keepBalanced(state: OptimizerState, gauges: readonly GaugeData[], variables: Readonly<Record<string, tf.Variable>>): void {
  const names = new Set(gauges.flatMap(({ slots }) => slots.map(({ parameter }) => parameter)))
  const values = [...names].map(name => [name, variables[name] as tf.Variable] as const)
  const parameters = Object.fromEntries(values.map(([name, value]) => [name, { shape: value.shape, data: Float64Array.from(value.dataSync()) }]))
  const maps = new Map<string, Matrix>()
  for (const [{ units, slots }, { forward, dual }] of balancing(gauges, parameters)) {
    for (const { parameter, axis, offset, side } of slots) {
      const length = variables[parameter]?.shape[axis] as number
      const [frame, coframe] = side === 'forward' ? [forward, dual] : [dual, forward]
      for (const [name, block] of [[frameName(parameter, axis), frame], [coframeName(parameter, axis), coframe]] as const) {
        const map = maps.get(name) ?? maps.set(name, identity(length)).get(name)!
        for (let i = 0; i < units; i++) map.data.set(block.data.subarray(i * units, (i + 1) * units), (offset + i) * length + offset)
      }
    }
  }
  for (const [name, { rows, cols, data }] of maps) state.set(name, tf.tidy(() => tf.variable(exactTensor(data, [rows, cols]), false)))
}
