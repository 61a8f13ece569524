import type { ParameterValues } from '@dead-directions/network'
import type { GaugeKind, TensorData } from '@dead-directions/registry'
import { mapped, shifted } from './act.ts'
import { type GroupElement, randomElement } from './group-element.ts'
import { invariants } from './invariants.ts'
import { dimensionOf, type Tangent, tangents } from './tangents.ts'

/**
 * Where a gauge acts: units along one axis of a parameter, from index `offset` on, by an element or by its inverse transpose.
 * A vector is a matrix of one column.
 */
export interface Slot {
  readonly parameter: string
  readonly axis: 0 | 1
  readonly offset: number
  /** How many neighbours of the axis make one unit; 1 by default. */
  readonly tile?: number
  readonly side: 'forward' | 'dual'
}

/** A gauge as plain data, which a file or an optimiser's configuration can hold. */
export interface GaugeData {
  readonly kind: GaugeKind
  readonly label: string
  /** Number of units acted on. */
  readonly units: number
  readonly slots: readonly Slot[]
}

/** A group that acts on parameters and leaves the loss unchanged. */
export interface Gauge extends GaugeData {
  /** Dimension of the group; 0 of a discrete one. */
  readonly dimension: number
  /** Full names of the parameters acted on. */
  readonly parameters: readonly string[]
  /** All parameters, those acted on moved. */
  act(element: GroupElement, parameters: ParameterValues): ParameterValues
  /** The inverse transpose of {@link act}: how a gradient moves with its parameters. */
  actOnGradients(element: GroupElement, gradients: ParameterValues): ParameterValues
  /** Generators of the orbit at the parameters; none of a discrete group. */
  tangents(parameters: ParameterValues): readonly Tangent[]
  /** Numbers that are the same along the orbit: see {@link invariants}. */
  invariants(parameters: ParameterValues): Float64Array
  randomElement(seed: number): GroupElement
}

/**
 * The gauge of its plain data. Source: arXiv 2606.05957, row D1.
 *
 * @example
 * import { gaugeOf } from '@dead-directions/quotient'
 * const gauge = gaugeOf({
 *   kind: 'rescaling',
 *   label: 'hidden units',
 *   units: 1,
 *   slots: [
 *     { parameter: 'a', axis: 0, offset: 0, side: 'forward' },
 *     { parameter: 'b', axis: 1, offset: 0, side: 'dual' },
 *   ],
 * })
 * const scalar = (value: number) => ({ shape: [1, 1], data: Float64Array.of(value) })
 * gauge.tangents({ a: scalar(3), b: scalar(2) }) // [{ a: [3], b: [-2] }]
 */
export function gaugeOf(data: GaugeData): Gauge {
  return {
    ...data,
    dimension: dimensionOf(data),
    parameters: [...new Set(data.slots.map(slot => slot.parameter))],
    act: (element, parameters) => acted(data, element, parameters),
    actOnGradients: ({ forward, dual }, gradients) => (data.kind === 'translation' ? gradients : acted(data, { forward: dual, dual: forward }, gradients)),
    tangents: parameters => tangents(data, parameters),
    invariants: parameters => invariants(data, parameters),
    randomElement: seed => randomElement(data, seed),
  }
}

function acted(gauge: GaugeData, element: GroupElement, parameters: ParameterValues): ParameterValues {
  const moved: Record<string, TensorData> = { ...parameters }
  for (const slot of gauge.slots) {
    const value = moved[slot.parameter] as TensorData
    const own = element[slot.side]
    moved[slot.parameter] = gauge.kind === 'translation' ? shifted(value, slot, own.data) : mapped(value, slot, own)
  }
  return moved
}
