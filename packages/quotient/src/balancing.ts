import { eigenSymmetric, identity, type Matrix, matrix, multiply, transpose } from '@dead-directions/linalg'
import type { ParameterValues } from '@dead-directions/network'
import type { TensorData } from '@dead-directions/registry'
import { unitEntries } from './act.ts'
import type { GaugeData, Slot } from './gauge.ts'
import type { GroupElement } from './group-element.ts'
import { withoutShift } from './without-shift.ts'

/** Least over largest eigenvalue from which on a metric counts as positive. */
const POSITIVE = 1e-12

/**
 * Of every general linear gauge the element `T` that balances its two sides: moved by it, what writes the units and what reads
 * them have one Gram matrix over the units, or, where only one of them reaches every unit, that one is orthonormal times the
 * scale that makes the traces one. Each side is seen through the others' general linear maps and rescalings, less what
 * translations add, so that no gauge but its own moves `T`, and its own by `T(gθ) = Q T(θ) g⁻¹` with `Q` orthogonal: in this
 * frame what is left of a general linear gauge is its rotations.
 *
 * The square of the frame is the geometric mean `S # P⁻¹` of the metrics that its readers and its writers give the units.
 * Source: arXiv 2606.05957, rows D1 and D3; R. Bhatia, "Positive Definite Matrices", 2007, chapter 4.
 *
 * @param gauges all of the parameters' gauges; rescalings and translations matter for what they move beside
 * @returns by gauge; the dual of an element is the inverse transpose of `T`
 * @throws RangeError naming a gauge whose units neither side reaches all, or one that meets itself in a cycle
 * @example
 * import { balancing, gaugeOf } from '@dead-directions/quotient'
 * const gauge = gaugeOf({
 *   kind: 'general-linear',
 *   label: 'a product',
 *   units: 1,
 *   slots: [
 *     { parameter: 'a', axis: 0, offset: 0, side: 'forward' },
 *     { parameter: 'b', axis: 1, offset: 0, side: 'dual' },
 *   ],
 * })
 * const parameters = { a: { shape: [1, 1], data: Float64Array.of(8) }, b: { shape: [1, 1], data: Float64Array.of(2) } }
 * gauge.act(balancing([gauge], parameters).get(gauge)!, parameters) // a and b are 4
 */
export function balancing<gauge extends GaugeData>(gauges: readonly gauge[], parameters: ParameterValues): ReadonlyMap<gauge, GroupElement> {
  const translations = gauges.filter(({ kind }) => kind === 'translation')
  const gramOf = grams(gauges.filter(({ kind }) => kind === 'general-linear' || kind === 'rescaling'), translations.reduce(withoutShift, parameters))
  return new Map(gauges.filter(({ kind }) => kind === 'general-linear').map(gauge => [gauge, frame(gauge, gramOf(gauge, 'forward'), gramOf(gauge, 'dual'))]))
}

/** What a side gives its units: `P` of the forward one moves as `g P gᵀ`, `S` of the dual one as `g⁻ᵀ S g⁻¹`. */
type GramOf = (gauge: GaugeData, side: Slot['side']) => Matrix

function grams(gauges: readonly GaugeData[], parameters: ParameterValues): GramOf {
  const known = new Map<string, Matrix | undefined>()
  const gramOf: GramOf = (gauge, side) => {
    const key = `${side} ${gauges.indexOf(gauge)}`
    const before = known.get(key)
    if (before !== undefined) return before
    if (known.has(key)) throw new RangeError(`gauges: "${gauge.label}" is in a cycle of gauges, expected a chain`)
    known.set(key, undefined)
    const total = gauge.slots.filter(slot => slot.side === side).map(slot => slotGram(gauge, slot)).reduce(sum, matrix(gauge.units, gauge.units))
    // A positive diagonal leaves only the diagonal its kind.
    const gram = gauge.kind === 'rescaling' ? { ...total, data: total.data.map((x, at) => (at % (gauge.units + 1) === 0 ? x : 0)) } : total
    known.set(key, gram)
    return gram
  }
  const slotGram = (gauge: GaugeData, slot: Slot): Matrix => {
    const { shape } = parameters[slot.parameter] as TensorData
    const entries = unitEntries(gauge, slot, parameters)
    const block = matrix(gauge.units, entries[0]?.length ?? 0, Float64Array.from(entries.flat()))
    const other = shape.length === 1 ? identity(1) : acrossGram(slot.parameter, slot.axis === 0 ? 1 : 0, block.cols)
    return multiply(multiply(block, other), transpose(block))
  }
  /** What gives the other axis a length that its own gauges leave alone. */
  const acrossGram = (parameter: string, axis: 0 | 1, length: number): Matrix => {
    const result = identity(length)
    for (const gauge of gauges) {
      for (const slot of gauge.slots.filter(slot => slot.parameter === parameter && slot.axis === axis)) {
        const own = gramOf(gauge, slot.side === 'dual' ? 'forward' : 'dual')
        for (let i = 0; i < gauge.units; i++) {
          for (let j = 0; j < gauge.units; j++) result.data[(slot.offset + i) * length + slot.offset + j] = own.data[i * gauge.units + j] as number
        }
      }
    }
    return result
  }
  return gramOf
}

function frame({ label, units }: GaugeData, written: Matrix, read: Matrix): GroupElement {
  const [fromWriters, fromReaders] = [written, read].map(isPositive)
  if (fromWriters && fromReaders) {
    const [root, inverseRoot] = [power(written, 1 / 2), power(written, -1 / 2)]
    const middle = multiply(multiply(root, read), root)
    return { forward: multiply(power(middle, 1 / 4), inverseRoot), dual: multiply(power(middle, -1 / 4), root) }
  }
  if (!fromWriters && !fromReaders) {
    throw new RangeError(`gauges: "${label}" has ${units} units of which neither what writes them nor what reads them reaches all, expected full rank of one of them`)
  }
  // The one trace over the other, to the fourth root, which is one where the other side is still zero.
  const trace = multiply(written, read).data.reduce((total, x, at) => (at % (units + 1) === 0 ? total + x : total), 0) / units
  const scale = trace > 0 ? trace ** (fromWriters ? 1 / 4 : -1 / 4) : 1
  const [forward, dual] = fromWriters ? [power(written, -1 / 2), power(written, 1 / 2)] : [power(read, 1 / 2), power(read, -1 / 2)]
  return { forward: scaled(forward, scale), dual: scaled(dual, 1 / scale) }
}

function isPositive(gram: Matrix): boolean {
  const { values } = eigenSymmetric(gram)
  return (values.at(-1) as number) > POSITIVE * (values[0] as number)
}

/** Of a positive definite matrix. */
function power(gram: Matrix, exponent: number): Matrix {
  const { values, vectors } = eigenSymmetric(gram)
  const stretched = { ...vectors, data: vectors.data.map((x, at) => x * (values[at % vectors.cols] as number) ** exponent) }
  return multiply(stretched, transpose(vectors))
}

function sum(a: Matrix, b: Matrix): Matrix {
  return { ...a, data: a.data.map((x, at) => x + (b.data[at] as number)) }
}

function scaled(a: Matrix, factor: number): Matrix {
  return { ...a, data: a.data.map(x => x * factor) }
}
