import type { TensorData } from '@dead-directions/registry'
import { attentionSizes, type AttentionSpec } from './spec.ts'

/** The last channel. */
export function deadChannel(spec: AttentionSpec): number {
  return spec.width - 1
}

/**
 * Every weight `diag(1, …, 1, t)` and every bias 0: the last channel dies through the last slot of the last head.
 *
 * Slots meet channels counted from the end, a shared key–value slot that of the last query head of its group. Slots in which
 * the dead channel would meet a living one are closed: those of the other heads on the dead key and value, and with rotary
 * positions the partner that the dead query and key turn into.
 * Source: arXiv 2606.05957, row C8.
 */
export function canonicalApproach(spec: AttentionSpec, t: number): Record<string, TensorData> {
  const { width, heads, keyValueHeads, group, headWidth } = attentionSizes(spec)
  const slots = heads * headWidth
  const shared = keyValueHeads * headWidth
  const place = (slot: number): number => slot % headWidth
  const onDeadKey = (slot: number): boolean => slot >= slots - group * headWidth
  const isTwin = (slot: number): boolean => onDeadKey(slot) && place(slot) === headWidth - 1 && slot < slots - 1
  const isPartner = (slot: number): boolean => Boolean(spec.rope) && onDeadKey(slot) && place(slot) === headWidth - 2
  const lastQuery = (slot: number): number => ((Math.floor(slot / headWidth) + 1) * group - 1) * headWidth + place(slot)

  const weight = (count: number, query: (slot: number) => number, closed: (slot: number) => boolean): Float64Array => {
    const matrix = new Float64Array(count * width)
    for (let slot = 0; slot < count; slot++) {
      const channel = query(slot) - slots + width
      if (channel >= 0 && !closed(query(slot))) matrix[slot * width + channel] = channel === width - 1 ? t : 1
    }
    return matrix
  }
  const own = (slot: number): number => slot
  const weights = {
    'q.weight': { shape: [slots, width], data: weight(slots, own, slot => isTwin(slot) || isPartner(slot)) },
    'k.weight': { shape: [shared, width], data: weight(shared, lastQuery, isPartner) },
    'v.weight': { shape: [shared, width], data: weight(shared, lastQuery, () => false) },
    'o.weight': { shape: [width, slots], data: transposed(weight(slots, own, isTwin), slots, width) },
  }
  if (!spec.bias) return weights
  const zeros = (size: number): TensorData => ({ shape: [size], data: new Float64Array(size) })
  return { ...weights, 'q.bias': zeros(slots), 'k.bias': zeros(shared), 'v.bias': zeros(shared), 'o.bias': zeros(width) }
}

function transposed(matrix: Float64Array, rows: number, columns: number): Float64Array {
  return matrix.map((_, at) => matrix[(at % rows) * columns + Math.floor(at / rows)] as number)
}
