import type { TensorData } from '@dead-directions/registry'
import { attentionSizes, type AttentionSpec } from './spec.ts'

/** The last channel. */
export function deadChannel(spec: AttentionSpec): number {
  return spec.width - 1
}

/**
 * Every weight `diag(1, …, 1, t)` and every bias 0: the last channel dies through the last slot of the last head.
 *
 * Slots are matched to channels from the end, a shared key–value slot to that of the last query head of its group.
 * Slots that would mix the dead channel with a living one read and write nothing: those of other heads that share the dead
 * key or value, and with rotary positions the partner that the dead query and key are turned into.
 * Source: arXiv 2606.05957, row C8.
 */
export function canonicalApproach(spec: AttentionSpec, t: number): Record<string, TensorData> {
  const { width, heads, keyValueHeads, group, headWidth } = attentionSizes(spec)
  const slots = heads * headWidth
  const channelOf = (slot: number): number => slot - slots + width
  const isTwin = (slot: number): boolean => slot % headWidth === headWidth - 1 && slot < slots - 1 && slot >= slots - group * headWidth
  const isPartner = (slot: number): boolean => Boolean(spec.rope) && slot === slots - 2
  const sharedSlot = (slot: number): number => (Math.floor(slot / headWidth / group) * group + group - 1) * headWidth + (slot % headWidth)

  const passed = (count: number, closed: (slot: number) => boolean, queryOf = (slot: number): number => slot): [number, number, number][] =>
    Array.from({ length: count }, (_, slot): [number, number, number] => [slot, channelOf(queryOf(slot)), queryOf(slot) === slots - 1 ? t : 1]).filter(
      ([slot, channel]) => channel >= 0 && !closed(queryOf(slot)),
    )
  return {}
}
