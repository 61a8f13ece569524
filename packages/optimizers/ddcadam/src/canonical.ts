import type { Slot } from '@dead-directions/quotient'
import * as tf from '@tensorflow/tfjs'
import type { Granularity, Group } from './plan.ts'

/** A parameter in coordinates that no gauge moves: its block of `read / scale` has length one. */
export interface Canonical {
  /** The parameter times the scales of the units that it reads. */
  readonly read: tf.Tensor
  /** One over those scales, where they are not of the parameter's own units. */
  readonly unread: tf.Tensor | undefined
  /** A number for each of its own units. */
  readonly scale: tf.Tensor
  readonly inverse: tf.Tensor
}

/** A number for each unit, and one over it where it is not zero. */
interface Scale {
  readonly scale: tf.Tensor
  readonly inverse: tf.Tensor
}

/** Tensors by full parameter name. */
export type Named = Readonly<Record<string, tf.Tensor>>

/** The tensor's sum over everything but the slot's units, or over everything. */
export function reduced(tensor: tf.Tensor, { axis }: Slot, granularity: Granularity): tf.Tensor {
  if (granularity === 'block') return tf.sum(tensor)
  return tensor.rank === 1 ? tensor : tf.sum(tensor, 1 - axis)
}

/** A number for each unit, shaped to act on a tensor of the given rank. */
export function expanded(perUnit: tf.Tensor, { axis }: Pick<Slot, 'axis'>, rank: number): tf.Tensor {
  return perUnit.rank === 1 && rank === 2 && axis === 0 ? tf.expandDims(perUnit, 1) : perUnit
}

/**
 * Canonical coordinates of every parameter of a group. A unit's scale is the length of its forward side in the canonical
 * coordinates of what it reads, so that the scales of a chain compose; where there is one rescaling only, this is the length of
 * the block itself. Source: arXiv 2606.29176; arXiv 2606.05957, row E.
 *
 * @param values of the parameters, without what a translation adds
 */
export function canonical({ scalings, homes }: Group, values: Named, granularity: Granularity): ReadonlyMap<string, Canonical> {
  const scales = new Map<string, Scale>()
  // Whole blocks have one number, whichever axis it is seen along.
  const key = (parameter: string, axis: number): string => (granularity === 'unit' ? `${axis} ${parameter}` : parameter)
  const found = new Map<string, Canonical>()
  /** Factors of the length of a block. */
  const settle = (slots: readonly Slot[]): readonly Scale[] => {
    const blocks = slots.map(slot => {
      const { parameter, axis } = slot
      const value = values[parameter] as tf.Tensor
      const across = granularity === 'unit' ? scales.get(key(parameter, 1 - axis)) : undefined
      const over = (perUnit: tf.Tensor): tf.Tensor => expanded(perUnit, { axis: axis === 0 ? 1 : 0 }, value.rank)
      const read = across === undefined ? value : tf.mul(value, over(across.scale))
      const squares = reduced(tf.square(read), slot, granularity)
      return { parameter, read, unread: across === undefined ? undefined : over(across.inverse), along: scales.get(key(parameter, axis)), squares }
    })
    // What scales all of a block alike cancels where it is undone.
    const common = blocks.every(({ along }) => along === blocks[0]?.along) ? blocks[0]?.along : undefined
    const scale = tf.sqrt(total(blocks.map(({ along, squares }) => (along === common || along === undefined ? squares : tf.mul(squares, tf.square(along.scale))))))
    const length = { scale, inverse: inverseOf(scale) }
    for (const { parameter, read, unread, along } of blocks) {
      const own = along === common || along === undefined ? length : { scale: tf.mul(scale, along.inverse), inverse: tf.mul(length.inverse, along.scale) }
      found.set(parameter, { read, unread, ...own })
    }
    return common === undefined ? [length] : [common, length]
  }
  const product = (a: Scale, b: Scale): Scale => ({ scale: tf.mul(a.scale, b.scale), inverse: tf.mul(a.inverse, b.inverse) })
  scalings.forEach(({ dual }, i) => {
    const length = settle(homes[i] as readonly Slot[]).reduce(product)
    for (const { parameter, axis } of dual) {
      const before = scales.get(key(parameter, axis))
      scales.set(key(parameter, axis), before === undefined ? length : product(before, length))
    }
  })
  for (const home of homes.slice(scalings.length)) settle(home)
  return found
}

/** One over numbers that are not negative, zero where they are zero: `tf.divNoNan` in half as many kernels. */
function inverseOf(scale: tf.Tensor): tf.Tensor {
  const isThere = tf.sign(scale)
  return tf.div(isThere, tf.add(scale, tf.sub(1, isThere)))
}

/** The sum of tensors of one shape. */
export function total(tensors: readonly tf.Tensor[]): tf.Tensor {
  return tensors.reduce((sum, tensor) => tf.add(sum, tensor))
}

/** Makes what has a key the first time that it is asked for. */
export function once(): (key: string, make: () => tf.Tensor) => tf.Tensor {
  const made = new Map<string, tf.Tensor>()
  return (key, make) => {
    const known = made.get(key) ?? make()
    made.set(key, known)
    return known
  }
}
