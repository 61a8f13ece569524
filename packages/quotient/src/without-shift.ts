import type { ParameterValues } from '@dead-directions/network'
import type { TensorData } from '@dead-directions/registry'
import { shifted, unitEntries } from './act.ts'
import type { GaugeData } from './gauge.ts'

/** Parameters without what a translation adds to them: the mean of each unit over all slots, each with the sign of its side. */
export function withoutShift(parameters: ParameterValues, gauge: GaugeData): ParameterValues {
  const signs = gauge.slots.map(({ side }) => (side === 'forward' ? 1 : -1))
  const entries = gauge.slots.map(slot => unitEntries(gauge, slot, parameters))
  const shifts = Float64Array.from({ length: gauge.units }, (_, unit) => {
    const signed = entries.flatMap((rows, i) => (rows[unit] as number[]).map(x => x * (signs[i] as number)))
    return -signed.reduce((total, x) => total + x, 0) / signed.length
  })
  const moved: Record<string, TensorData> = { ...parameters }
  gauge.slots.forEach((slot, i) => (moved[slot.parameter] = shifted(moved[slot.parameter] as TensorData, slot, shifts.map(x => x * (signs[i] as number)))))
  return moved
}
