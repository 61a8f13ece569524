import type { ParameterValues } from '@dead-directions/network'
import type { TensorData } from '@dead-directions/registry'
import { around } from './act.ts'
import type { GaugeData, Slot } from './gauge.ts'

/**
 * Numbers that the gauge leaves alone: of a rescaling, each unit's norm on the forward side times the one on the dual side;
 * of another linear group, the contraction of every forward slot with every dual one over the units (the product `W' W`);
 * of a translation, the values less their mean over the units. Source: arXiv 2606.05957, row D1.
 */
export function invariants(gauge: GaugeData, parameters: ParameterValues): Float64Array {
  if (gauge.kind === 'translation') return Float64Array.from(gauge.slots.flatMap(slot => centred(units(gauge, slot, parameters))).flat())
  const side = (name: Slot['side']): readonly number[][][] => gauge.slots.filter(slot => slot.side === name).map(slot => units(gauge, slot, parameters))
  const pairs = side('forward').flatMap(forward => side('dual').map(dual => [forward, dual] as const))
  return Float64Array.from(pairs.flatMap(([forward, dual]) => (gauge.kind === 'rescaling' ? norms(forward, dual) : contraction(forward, dual))))
}

/** A slot's entries, a row for each unit. */
function units({ units: count }: GaugeData, { parameter, axis, offset }: Slot, parameters: ParameterValues): number[][] {
  const { shape, data } = parameters[parameter] as TensorData
  const { outer, length, inner } = around(shape, axis)
  return Array.from({ length: count }, (_, unit) =>
    Array.from({ length: outer * inner }, (_, at) => data[(Math.floor(at / inner) * length + offset + unit) * inner + (at % inner)] as number),
  )
}

function norms(forward: number[][], dual: number[][]): number[] {
  return forward.map((row, i) => Math.hypot(...row) * Math.hypot(...(dual[i] as number[])))
}

function contraction(forward: number[][], dual: number[][]): number[] {
  const [row = []] = forward
  const [column = []] = dual
  return column.flatMap((_, a) => row.map((_, b) => forward.reduce((sum, entries, i) => sum + (entries[b] as number) * ((dual[i] as number[])[a] as number), 0)))
}

function centred(rows: number[][]): number[][] {
  const [first = []] = rows
  const means = first.map((_, j) => rows.reduce((sum, row) => sum + (row[j] as number), 0) / rows.length)
  return rows.map(row => row.map((x, j) => x - (means[j] as number)))
}
