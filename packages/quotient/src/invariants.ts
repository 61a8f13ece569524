import type { ParameterValues } from '@dead-directions/network'
import { unitEntries } from './act.ts'
import type { GaugeData, Slot } from './gauge.ts'
import { withoutShift } from './without-shift.ts'

/**
 * Numbers that the gauge leaves alone: of a rescaling, each unit's norm on the forward side times the one on the dual side;
 * of another linear group, the contraction of every forward slot with every dual one over the units (the product `W' W`);
 * of a translation, the values less the mean of each unit over all slots. Source: arXiv 2606.05957, row D1.
 */
export function invariants(gauge: GaugeData, parameters: ParameterValues): Float64Array {
  if (gauge.kind === 'translation') return Float64Array.from(centred(gauge, parameters))
  const side = (name: Slot['side']): readonly number[][][] => gauge.slots.filter(slot => slot.side === name).map(slot => unitEntries(gauge, slot, parameters))
  const pairs = side('forward').flatMap(forward => side('dual').map(dual => [forward, dual] as const))
  return Float64Array.from(pairs.flatMap(([forward, dual]) => (gauge.kind === 'rescaling' ? norms(forward, dual) : contraction(forward, dual))))
}

function norms(forward: number[][], dual: number[][]): number[] {
  return forward.map((row, i) => Math.hypot(...row) * Math.hypot(...(dual[i] as number[])))
}

function contraction(forward: number[][], dual: number[][]): number[] {
  const [row = []] = forward
  const [column = []] = dual
  return column.flatMap((_, a) => row.map((_, b) => forward.reduce((sum, entries, i) => sum + (entries[b] as number) * ((dual[i] as number[])[a] as number), 0)))
}

function centred(gauge: GaugeData, parameters: ParameterValues): number[] {
  const left = withoutShift(parameters, gauge)
  const entries = gauge.slots.map(slot => unitEntries(gauge, slot, left).map(row => (slot.side === 'forward' ? row : row.map(x => -x))))
  return Array.from({ length: gauge.units }, (_, unit) => entries.flatMap(rows => rows[unit] as number[])).flat()
}
