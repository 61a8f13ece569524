import type { Matrix } from '@dead-directions/linalg'
import type { ParameterValues } from '@dead-directions/network'
import type { GaugeDeclaration, TensorData } from '@dead-directions/registry'
import { alongAxis, shifted } from './act.ts'
import { type GroupElement, randomElement } from './group-element.ts'
import { invariants } from './invariants.ts'
import { type Tangent, tangents } from './tangents.ts'

/** `translation`: one number added to every unit, another one for each of their inputs. */
export type GaugeKind = GaugeDeclaration['kind'] | 'translation'

/** Where a gauge acts: `units` indices from `offset` on of one axis of a parameter, by an element or by its inverse transpose. */
export interface Slot {
  readonly parameter: string
  readonly axis: 0 | 1
  readonly offset: number
  readonly side: 'forward' | 'dual'
}

/** A gauge as plain data, which a file or an optimiser's configuration can hold. */
export interface GaugeData {
  readonly kind: GaugeKind
  readonly label: string
  /** Number of units acted on. */
  readonly units: number
  readonly slots: readonly Slot[]
  /** Of a translation: how many numbers each slot is shifted by. */
  readonly shifts?: readonly number[]
}

/** A group that acts on parameters and leaves the loss unchanged. */
export interface Gauge extends GaugeData {
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
  let used = 0
  gauge.slots.forEach((slot, i) => {
    const value = moved[slot.parameter] as TensorData
    const shift = gauge.shifts?.[i] ?? 0
    moved[slot.parameter] =
      gauge.kind === 'translation'
        ? shifted(value, slot.axis, element.forward.data.subarray(used, used + shift))
        : alongAxis(value, slot.axis, slot.offset, sideOf(element, slot))
    used += shift
  })
  return moved
}

function sideOf(element: GroupElement, slot: Slot): Matrix {
  return slot.side === 'forward' ? element.forward : element.dual
}
