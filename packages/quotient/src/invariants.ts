import type { ParameterValues } from '@dead-directions/network'
import type { TensorData } from '@dead-directions/registry'
import { viewOf } from './act.ts'
import type { GaugeData, Slot } from './gauge.ts'

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

/** A slot's entries, a row for each unit. */
export function unitEntries({ units: count }: GaugeData, slot: Slot, parameters: ParameterValues): number[][] {
  const { shape, data } = parameters[slot.parameter] as TensorData
  const { starts, inner } = viewOf(slot, shape)
  return Array.from({ length: count }, (_, unit) => starts.flatMap(start => Array.from(data.subarray(start + unit * inner, start + (unit + 1) * inner))))
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
  const signs = gauge.slots.map(({ side }) => (side === 'forward' ? 1 : -1))
  const entries = gauge.slots.map(slot => unitEntries(gauge, slot, parameters))
  return Array.from({ length: gauge.units }, (_, unit) => entries.flatMap((rows, i) => (rows[unit] as number[]).map(x => x * (signs[i] as number)))).flatMap(row => {
    const mean = row.reduce((sum, x) => sum + x, 0) / row.length
    return row.map(x => x - mean)
  })
}
