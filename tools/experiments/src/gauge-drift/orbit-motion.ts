import { balanceDefect, type Gauge, type HorizontalSpace, horizontalSpace } from '@dead-directions/quotient'
import { fromRows, type Matrix, norm, transpose } from '@dead-directions/linalg'
import type { ParameterValues } from '@dead-directions/network'
import type { Slot } from '@dead-directions/quotient'

/** How far training moved along the orbit of a gauge; `null` where the gauge has no such thing. */
export interface OrbitMotion {
  /** Length of the steps' parts along the orbit over the length of the steps, Euclidean; `null` for a discrete group. */
  readonly alongOrbit: number | null
  /** Change of the balance defect, its diagonal for a rescaling, over the squared weights; Euclidean gradient flow has none. */
  readonly defect: number | null
  /** Root mean square over the units of the change in `log(forward length / dual length)`; for rescalings. */
  readonly lengthRatio: number | null
}

/** Length of the steps of a path, and of their parts along the orbit. */
function pathAlongOrbit(gauge: Gauge, path: readonly ParameterValues[]): number | null {
  const start = path[0] as ParameterValues
  if (gauge.tangents(start).length === 0) return null
  const sizes = Object.fromEntries(Object.entries(start).map(([name, { data }]) => [name, data.length]))
  let [along, all] = [0, 0]
  for (let i = 1; i < path.length; i++) {
    const before = path[i - 1] as ParameterValues
    const step = difference(path[i] as ParameterValues, before)
    along += norm(vertical(horizontalSpace(gauge.tangents(before), sizes), step))
    all += norm(step)
  }
  return along / all
}

function vertical(space: HorizontalSpace, step: Float64Array): Float64Array {
  const across = space.horizontal(step)
  return step.map((x, i) => x - (across[i] as number))
}

function difference(to: ParameterValues, from: ParameterValues): Float64Array {
  return Float64Array.from(Object.entries(to).flatMap(([name, { data }]) => [...data].map((x, i) => x - (from[name]?.data[i] as number))))
}

/** How far a path of parameters moved along the orbit of a gauge. */
export function orbitMotion(gauge: Gauge, path: readonly ParameterValues[]): OrbitMotion {
  const [start, end] = [path[0], path.at(-1)] as [ParameterValues, ParameterValues]
  const balanced = gauge.kind === 'rescaling' || gauge.kind === 'general-linear'
  return {
    alongOrbit: pathAlongOrbit(gauge, path),
    defect: balanced ? defectChange(gauge, start, end) : null,
    lengthRatio: gauge.kind === 'rescaling' ? ratioChange(gauge, start, end) : null,
  }
}

function defectChange(gauge: Gauge, start: ParameterValues, end: ParameterValues): number {
  const defect = (values: ParameterValues): Matrix => balanceDefect(sideOf(gauge, 'forward', values), transpose(sideOf(gauge, 'dual', values)))
  const [before, after] = [defect(start), defect(end)]
  const change = after.data.map((x, i) => x - (before.data[i] as number))
  const counted = gauge.kind === 'rescaling' ? change.filter((_, i) => i % (gauge.units + 1) === 0) : change
  return norm(counted) / (norm(sideOf(gauge, 'forward', start).data) ** 2 + norm(sideOf(gauge, 'dual', start).data) ** 2)
}

function ratioChange(gauge: Gauge, start: ParameterValues, end: ParameterValues): number {
  const ratios = (values: ParameterValues): Float64Array => {
    const [forward, dual] = [sideOf(gauge, 'forward', values), sideOf(gauge, 'dual', values)]
    return Float64Array.from({ length: gauge.units }, (_, i) => Math.log(norm(row(forward, i)) / norm(row(dual, i))))
  }
  const [before, after] = [ratios(start), ratios(end)]
  return norm(after.map((x, i) => x - (before[i] as number))) / Math.sqrt(gauge.units)
}

/** Everything that the units weigh on one side, a row each. */
function sideOf({ slots, units }: Gauge, side: Slot['side'], values: ParameterValues): Matrix {
  const own = slots.filter(slot => slot.side === side)
  return fromRows(Array.from({ length: units }, (_, unit) => own.flatMap(slot => entries(values, slot, unit))))
}

function entries(values: ParameterValues, { parameter, axis, offset, tile = 1 }: Slot, unit: number): number[] {
  const { shape, data } = values[parameter] as ParameterValues[string]
  const [rows = 1, columns = 1] = shape
  const from = offset + unit * tile
  if (axis === 0) return [...data.subarray(from * columns, (from + tile) * columns)]
  return Array.from({ length: rows }, (_, i) => [...data.subarray(i * columns + from, i * columns + from + tile)]).flat()
}

function row({ cols, data }: Matrix, i: number): Float64Array {
  return data.subarray(i * cols, (i + 1) * cols)
}
