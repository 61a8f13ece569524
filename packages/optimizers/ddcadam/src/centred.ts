import type { Slot } from '@dead-directions/quotient'
import * as tf from '@tensorflow/tfjs'
import { expanded, type Named, total } from './canonical.ts'
import type { Plan } from './plan.ts'

/** The tensors, less the part that those translations add which shift no others. */
export function centred(tensors: Named, translations: Plan['translations']): Named {
  const left = { ...tensors }
  for (const slots of translations.filter(slots => slots.every(({ parameter }) => parameter in tensors))) {
    const sums = slots.map(slot => sumOfUnits(left[slot.parameter] as tf.Tensor, slot))
    const shift = tf.div(total(sums.map(({ sum }) => sum)), sums.reduce((count, { entries }) => count + entries, 0))
    for (const slot of slots) {
      const tensor = left[slot.parameter] as tf.Tensor
      const own = expanded(shift, slot, tensor.rank)
      left[slot.parameter] = slot.side === 'forward' ? tf.sub(tensor, own) : tf.add(tensor, own)
    }
  }
  return left
}

/** Of every unit, the sum of its entries with the sign of its side, and how many they are. */
function sumOfUnits(tensor: tf.Tensor, { axis, side }: Slot): { readonly sum: tf.Tensor; readonly entries: number } {
  // A vector is a matrix of one column.
  const alone = tensor.rank === 1 && axis === 0
  const sum = alone ? tensor : tf.sum(tensor, tensor.rank === 1 ? 0 : 1 - axis)
  return { sum: side === 'forward' ? sum : tf.neg(sum), entries: alone ? 1 : tensor.size / sum.size }
}
