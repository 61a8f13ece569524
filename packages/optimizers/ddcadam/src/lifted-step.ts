import type { Slot } from '@dead-directions/quotient'
import * as tf from '@tensorflow/tfjs'
import type { Direction } from './adam.ts'
import { type Canonical, canonical, expanded, type Named, once, reduced, total } from './canonical.ts'
import { centred } from './centred.ts'
import type { Granularity, Group, Plan, Radial } from './plan.ts'

/** A step of an optimiser on the quotient, less what it steps by. */
export interface LiftedStep {
  readonly translations: Plan['translations']
  readonly granularity: Granularity
  readonly gaugeMode: 'frozen' | 'adam'
  readonly rate: number
  /** Parameters after their decay. */
  values(names: readonly string[]): Named
  readonly gradients: Named
  /** What to step against, from a parameter's gradient in coordinates that no gauge moves. */
  direction(name: string, gradient: tf.Tensor): Direction
  /** The same for logarithmic lengths, `[coordinates, units]`. */
  lengthDirection(name: string, gradient: tf.Tensor): tf.Tensor
}

/** New values of parameters that no rescaling moves, all of those that a translation joins. */
export function plainStep({ translations, rate, values, gradients, direction }: LiftedStep, names: readonly string[]): Named {
  const inputs = centred(each(names, name => gradients[name] as tf.Tensor), translations)
  const moved = each(names, name => {
    const { tensor, factor } = direction(name, inputs[name] as tf.Tensor)
    return tf.mul(tensor, factor * rate)
  })
  const [before, steps] = [values(names), centred(moved, translations)]
  return each(names, name => tf.sub(before[name] as tf.Tensor, steps[name] as tf.Tensor))
}

function each(names: readonly string[], tensor: (name: string) => tf.Tensor): Named {
  return Object.fromEntries(names.map(name => [name, tensor(name)]))
}

/** New values of the parameters that a group of rescalings moves: steps 2 to 7 of row E. */
export function groupStep(step: LiftedStep, group: Group): Named {
  const names = group.homes.flatMap(slots => slots.map(({ parameter }) => parameter))
  const given = step.values(names)
  const values = centred(given, step.translations)
  const gradients = centred(each(names, name => step.gradients[name] as tf.Tensor), step.translations)
  const lengths = lengthGradients(step.granularity, values, gradients)
  const parts = { given, values, gradients, lengths, canonicals: canonical(group, values, step.granularity), factors: lengthFactors(step, group, lengths) }
  return Object.fromEntries(group.homes.flatMap(slots => blockStep(step, slots, parts)))
}

/** `⟨gradient, value⟩` of blocks of parameters, for each unit or, of whole blocks, one number. */
type LengthGradients = (slots: readonly Slot[]) => tf.Tensor

function lengthGradients(granularity: Granularity, values: Named, gradients: Named): LengthGradients {
  const products = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, tf.mul(gradients[name] as tf.Tensor, value)]))
  const known = once()
  const keyOf = ({ axis, parameter }: Slot): string => `${axis} ${parameter}`
  const ofSlot = (slot: Slot): tf.Tensor => known(keyOf(slot), () => reduced(products[slot.parameter] as tf.Tensor, slot, granularity))
  return slots => known(slots.map(keyOf).join(', '), () => total(slots.map(ofSlot)))
}

interface GroupParts {
  readonly given: Named
  /** Without what a translation adds. */
  readonly values: Named
  readonly gradients: Named
  readonly canonicals: ReadonlyMap<string, Canonical>
  readonly lengths: LengthGradients
  readonly factors: ReadonlyMap<string, tf.Tensor>
}

/** The parameters of one block: the tangential step on its sphere, then its new length. */
function blockStep(
  { translations, granularity, rate, direction }: LiftedStep,
  slots: readonly Slot[],
  { given, values, gradients, canonicals, lengths, factors }: GroupParts,
): readonly (readonly [string, tf.Tensor])[] {
  const of = ({ parameter }: Slot): Canonical => canonicals.get(parameter) as Canonical
  const known = once()
  const radial = lengths(slots)
  const directions = slots.map(slot => {
    const { parameter } = slot
    const { read, unread, scale, inverse } = of(slot)
    const reading = unread === undefined ? (gradients[parameter] as tf.Tensor) : tf.mul(gradients[parameter] as tf.Tensor, unread)
    const along = known(`radial ${scale.id}`, () => tf.mul(radial, inverse))
    const tangential = tf.sub(tf.mul(reading, expanded(scale, slot, read.rank)), tf.mul(read, expanded(along, slot, read.rank)))
    const { tensor, factor } = direction(parameter, tangential)
    return { slot, tensor: centred({ [parameter]: tensor }, translations)[parameter] as tf.Tensor, step: rate * factor }
  })
  const left = total(
    directions.map(({ slot, tensor, step }) => {
      const { read, scale, inverse } = of(slot)
      return tf.mul(reduced(tf.mul(tensor, read), slot, granularity), known(`left ${scale.id} ${step}`, () => tf.mul(inverse, step)))
    }),
  )
  return directions.map(({ slot, tensor, step }) => {
    const { parameter, axis } = slot
    const { unread, scale } = of(slot)
    const value = values[parameter] as tf.Tensor
    const moved = tf.mul(tensor, expanded(known(`step ${scale.id} ${step}`, () => tf.mul(scale, step)), slot, value.rank))
    // What is left along the block, η ⟨u, W⟩ W / ρ², joins the factor of W.
    const length = factors.get(parameter) as tf.Tensor
    const factor = known(`factor ${length.id} ${axis}`, () => tf.add(length, expanded(left, slot, value.rank)))
    const next = tf.sub(tf.mul(value, factor), unread === undefined ? moved : tf.mul(moved, unread))
    const before = given[parameter] as tf.Tensor
    return [parameter, before === value ? next : tf.add(next, tf.sub(before, value))]
  })
}

/** By what every parameter's entries grow with the lengths of its blocks. */
function lengthFactors(step: LiftedStep, { radials }: Group, lengths: LengthGradients): ReadonlyMap<string, tf.Tensor> {
  const { granularity, gaugeMode, rate, gradients } = step
  const factors = new Map<string, tf.Tensor>()
  for (const radial of radials) {
    const ofBlocks = tf.stack(radial.blocks.map(slots => (granularity === 'unit' ? lengths(slots) : tf.reshape(lengths(slots), [-1])))) as tf.Tensor2D
    const across = changes(step, `${radial.name} across`, radial.across, ofBlocks)
    const change = gaugeMode === 'frozen' ? across : tf.add(across, changes(step, `${radial.name} along`, radial.along, ofBlocks))
    const growth = tf.unstack(tf.exp(tf.mul(change, -rate)))
    radial.blocks.forEach((slots, block) => {
      for (const slot of slots) {
        const units = granularity === 'unit' ? (growth[block] as tf.Tensor) : tf.squeeze(growth[block] as tf.Tensor)
        const factor = expanded(units, slot, gradients[slot.parameter]?.rank ?? 0)
        const before = factors.get(slot.parameter)
        factors.set(slot.parameter, before === undefined ? factor : tf.mul(before, factor))
      }
    })
  }
  return factors
}

/** The step of the coordinates that a basis over the blocks gives, back on the blocks. */
function changes({ lengthDirection }: LiftedStep, name: string, basis: Radial['across'], ofBlocks: tf.Tensor2D): tf.Tensor2D {
  const rows = tf.tensor2d(basis.map(row => [...row]))
  return tf.matMul(rows, lengthDirection(name, tf.matMul(rows, ofBlocks)) as tf.Tensor2D, true)
}
