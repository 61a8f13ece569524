import type { Matrix } from '@dead-directions/linalg'
import type { ParameterValues } from '@dead-directions/network'
import type { TensorData } from '@dead-directions/registry'
import type { GaugeData, Slot } from './gauge.ts'

/** Where the entries of a slot lie: unit `i`, entry `j` of it for every `outer` at `start + i · inner + j`. */
export interface SlotView {
  readonly starts: readonly number[]
  /** Distance of a unit from the next one, which is the number of its entries there. */
  readonly inner: number
}

/** The slot in a vector, seen as one column, or in a matrix. */
export function viewOf({ axis, offset, tile = 1 }: Slot, shape: readonly number[]): SlotView {
  const [first = 1, second = 1] = shape
  const [outer, length, inner] = axis === 0 ? [1, first, second] : [first, second, 1]
  return { starts: Array.from({ length: outer }, (_, o) => (o * length + offset) * inner), inner: inner * tile }
}

/** A slot's entries, a row for each unit. */
export function unitEntries({ units: count }: Pick<GaugeData, 'units'>, slot: Slot, parameters: ParameterValues): number[][] {
  const { shape, data } = parameters[slot.parameter] as TensorData
  const { starts, inner } = viewOf(slot, shape)
  return Array.from({ length: count }, (_, unit) => starts.flatMap(start => Array.from(data.subarray(start + unit * inner, start + (unit + 1) * inner))))
}

/** The value with a slot's units mapped by a square matrix. */
export function mapped({ shape, data }: TensorData, slot: Slot, map: Matrix): TensorData {
  const { starts, inner } = viewOf(slot, shape)
  const result = Float64Array.from(data)
  const units = map.rows
  for (const start of starts) {
    for (let i = 0; i < units; i++) {
      for (let j = 0; j < inner; j++) {
        let sum = 0
        for (let k = 0; k < units; k++) sum += (map.data[i * units + k] as number) * (data[start + k * inner + j] as number)
        result[start + i * inner + j] = sum
      }
    }
  }
  return { shape, data: result }
}

/** The value with one number for each of a slot's units added to all entries of the unit. */
export function shifted({ shape, data }: TensorData, slot: Slot, shifts: Float64Array): TensorData {
  const { starts, inner } = viewOf(slot, shape)
  const result = Float64Array.from(data)
  for (const start of starts) {
    for (let at = 0; at < shifts.length * inner; at++) result[start + at]! += shifts[Math.floor(at / inner)] as number
  }
  return { shape, data: result }
}
