import type { Slot } from '@dead-directions/quotient'
import * as tf from '@tensorflow/tfjs'
import type { Block, Granularity, Plan } from './plan.ts'

/** A parameter in coordinates that no gauge moves: `value = scale · unit`, its block of `unit` having length one. */
export interface Canonical {
  /** The value without what a translation adds. */
  readonly value: tf.Tensor
  readonly scale: tf.Tensor
  readonly unit: tf.Tensor
}

/** Tensors by full parameter name. */
export type Named = Readonly<Record<string, tf.Tensor>>

/** The tensor's sum over everything but the slot's units, or over everything. */
export function reduced(tensor: tf.Tensor, { axis }: Slot, granularity: Granularity): tf.Tensor {
  if (granularity === 'block') return tf.sum(tensor)
  return tensor.rank === 1 ? tensor : tf.sum(tensor, 1 - axis)
}

/** A number for each unit, shaped to act on a tensor of the given rank. */
export function expanded(perUnit: tf.Tensor, { axis }: Slot, rank: number): tf.Tensor {
  return perUnit.rank === 1 && rank === 2 && axis === 0 ? tf.expandDims(perUnit, 1) : perUnit
}

/** The tensor without its mean over an axis. */
export function centred(tensor: tf.Tensor, axis: 0 | 1 | undefined): tf.Tensor {
  return axis === undefined ? tensor : tf.sub(tensor, tf.mean(tensor, axis, true))
}

/**
 * Canonical coordinates of every parameter that a rescaling moves. A unit's scale is the length of its forward side in the
 * canonical coordinates of what it reads, so that the scales of a chain compose; where there is one rescaling only, this is
 * the length of the block itself. Source: arXiv 2606.29176; arXiv 2606.05957, row E.
 */
export function canonical({ scalings, homes, shifted }: Plan, values: Named, granularity: Granularity): ReadonlyMap<string, Canonical> {
  const value = Object.fromEntries(homes.flatMap(({ slots }) => slots.map(({ parameter }) => [parameter, centred(values[parameter] as tf.Tensor, shifted.get(parameter))])))
  /** A parameter times the scales of the units that it reads. */
  const read = { ...value }
  const outer: Record<string, tf.Tensor> = {}
  const lengthOf = (slots: readonly Slot[]): tf.Tensor => tf.sqrt(total(slots.map(slot => reduced(tf.square(read[slot.parameter] as tf.Tensor), slot, granularity))))
  const found = new Map<string, Canonical>()
  const settle = (home: Block, length: tf.Tensor): void => {
    for (const slot of home.slots) {
      const { parameter } = slot
      const own = value[parameter] as tf.Tensor
      const spread = expanded(length, slot, own.rank)
      const before = outer[parameter]
      const scale = before === undefined ? spread : tf.divNoNan(spread, before)
      found.set(parameter, { value: own, scale, unit: tf.divNoNan(own, scale) })
    }
  }
  scalings.forEach(({ forward, dual }, i) => {
    const length = lengthOf(forward)
    settle(homes[i] as Block, length)
    for (const slot of dual) {
      const spread = expanded(length, slot, read[slot.parameter]?.rank ?? 0)
      const before = outer[slot.parameter]
      outer[slot.parameter] = before === undefined ? spread : tf.mul(before, spread)
      read[slot.parameter] = tf.mul(read[slot.parameter] as tf.Tensor, spread)
    }
  })
  for (const home of homes.slice(scalings.length)) settle(home, lengthOf(home.slots))
  return found
}

/** The sum of tensors of one shape. */
export function total(tensors: readonly tf.Tensor[]): tf.Tensor {
  return tensors.reduce((sum, tensor) => tf.add(sum, tensor))
}
