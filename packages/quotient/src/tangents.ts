import type { ParameterValues } from '@dead-directions/network'
import type { GaugeKind, TensorData } from '@dead-directions/registry'
import { viewOf } from './act.ts'
import type { GaugeData, Slot } from './gauge.ts'

/** How parameters move along an orbit, by full name; parameters that do not move are left out. */
export type Tangent = Readonly<Record<string, Float64Array>>

/** An entry of a generator `X` of `g = exp(εX)`: row, column, value. */
type Entry = readonly [to: number, from: number, value: number]

/** Tangents of the gauge's orbit at the parameters, a basis of its Lie algebra in order. */
export function tangents(gauge: GaugeData, parameters: ParameterValues): readonly Tangent[] {
  if (gauge.kind === 'translation') return translations(gauge, parameters)
  return generators(gauge.kind, gauge.units).map(generator => {
    const changes: Record<string, Float64Array> = {}
    for (const slot of gauge.slots) {
      const value = parameters[slot.parameter] as TensorData
      const change = (changes[slot.parameter] ??= new Float64Array(value.data.length))
      for (const entry of generator) addMapped(change, value, slot, entry)
    }
    return changes
  })
}

/** How many tangents a gauge has, without making them. */
export function dimensionOf({ kind, units }: Pick<GaugeData, 'kind' | 'units'>): number {
  switch (kind) {
    case 'rescaling':
    case 'translation':
      return units
    case 'general-linear':
      return units * units
    case 'rotation':
      return (units * (units - 1)) / 2
    case 'phase':
      return Math.floor(units / 2)
    default:
      return 0
  }
}

function generators(kind: GaugeKind, units: number): readonly (readonly Entry[])[] {
  const indices = Array.from({ length: units }, (_, i) => i)
  switch (kind) {
    case 'rescaling':
      return indices.map(i => [[i, i, 1]])
    case 'general-linear':
      return indices.flatMap(i => indices.map((j): readonly Entry[] => [[i, j, 1]]))
    case 'rotation':
      return indices.flatMap(i => indices.slice(i + 1).map((j): readonly Entry[] => turn(i, j)))
    case 'phase':
      return indices.filter(i => i % 2 === 0 && i + 1 < units).map(i => turn(i, i + 1))
    default:
      return []
  }
}

function turn(i: number, j: number): readonly Entry[] {
  return [
    [i, j, -1],
    [j, i, 1],
  ]
}

/** `X` on the forward side, `-Xᵀ` on the dual one. */
function addMapped(change: Float64Array, { shape, data }: TensorData, slot: Slot, [row, column, value]: Entry): void {
  const [to, from, factor] = slot.side === 'forward' ? [row, column, value] : [column, row, -value]
  const { starts, inner } = viewOf(slot, shape)
  for (const start of starts) {
    for (let j = 0; j < inner; j++) change[start + to * inner + j]! += factor * (data[start + from * inner + j] as number)
  }
}

function translations({ units, slots }: GaugeData, parameters: ParameterValues): readonly Tangent[] {
  return Array.from({ length: units }, (_, unit) => {
    const changes: Record<string, Float64Array> = {}
    for (const slot of slots) {
      const { shape, data } = parameters[slot.parameter] as TensorData
      const change = (changes[slot.parameter] ??= new Float64Array(data.length))
      const { starts, inner } = viewOf(slot, shape)
      for (const start of starts) change.fill(slot.side === 'forward' ? 1 : -1, start + unit * inner, start + (unit + 1) * inner)
    }
    return changes
  })
}
