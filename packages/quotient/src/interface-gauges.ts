import type { GaugeKind } from '@dead-directions/registry'
import type { GaugeData, Slot } from './gauge.ts'

/** Where units are written and read: a parameter, its shape and the axis along which the units lie. */
export interface Side {
  readonly parameter: string
  readonly shape: readonly number[]
  readonly axis: 0 | 1
}

/** The groups that act on what makes the units behind a layer and are undone in what reads them. Source: arXiv 2606.05957, row D1. */
export function interfaceGauges(layer: string, kinds: readonly GaugeKind[], written: readonly Side[], read: readonly Side[]): readonly GaugeData[] {
  const [first] = written
  const slots = [...written.map(side => slotOf(side, 'forward')), ...read.map(side => slotOf(side, 'dual'))]
  return kinds.map(kind => ({ kind, label: `${kind.replace('-', ' ')} behind ${layer}`, units: first?.shape[first.axis] as number, slots }))
}

/** The shift of all logits by one number, which what makes them brings for each of its inputs, as a bias for none. Source: arXiv 2606.05957, row C6. */
export function logitShifts(written: readonly Side[]): readonly GaugeData[] {
  return written.map(({ parameter, shape, axis }) => {
    const across: Side = { parameter, shape, axis: shape.length === 1 || axis === 0 ? 1 : 0 }
    return { kind: 'translation', label: `logit shift of ${parameter}`, units: shape[across.axis] ?? 1, slots: [slotOf(across, 'forward')] }
  })
}

function slotOf({ parameter, axis }: Side, side: Slot['side']): Slot {
  return { parameter, axis, offset: 0, side }
}
