import type { Slot } from '@dead-directions/quotient'
import * as tf from '@tensorflow/tfjs'
import { type Canonical, canonical, centred, expanded, type Named, reduced, total } from './canonical.ts'
import type { Block, Granularity, Plan, Radial } from './plan.ts'

/** A step of an optimiser on the quotient, less what it steps by. */
export interface LiftedStep {
  readonly plan: Plan
  readonly granularity: Granularity
  readonly gaugeMode: 'frozen' | 'adam'
  readonly rate: number
  /** After their decay. */
  readonly values: Named
  readonly gradients: Named
  /** What to step against, from a parameter's gradient in coordinates that no gauge moves. */
  direction(name: string, gradient: tf.Tensor): tf.Tensor
  /** The same for logarithmic lengths, `[coordinates, units]`. */
  lengthDirection(name: string, gradient: tf.Tensor): tf.Tensor
}

/** New values of the parameters: steps 2 to 7 of row E, and a plain step where no rescaling acts. */
export function liftedStep(step: LiftedStep): Named {
  const { plan, granularity, values, gradients } = step
  const canonicals = canonical(plan, values, granularity)
  const lengths = lengthGradients(step, canonicals)
  const factors = lengthFactors(step, lengths)
  const plain = Object.keys(gradients).filter(name => !canonicals.has(name))
  return {
    ...Object.fromEntries(plain.map(name => [name, plainStep(step, name)])),
    ...Object.fromEntries(plan.homes.flatMap(home => blockStep(step, { home, canonicals, lengths, factors }))),
  }
}

/** `⟨gradient, value⟩` of blocks of parameters, for each unit or, of whole blocks, one number. */
type LengthGradients = (slots: readonly Slot[]) => tf.Tensor

function lengthGradients({ granularity, gradients }: LiftedStep, canonicals: ReadonlyMap<string, Canonical>): LengthGradients {
  const products = new Map([...canonicals].map(([name, { value }]) => [name, tf.mul(gradients[name] as tf.Tensor, value)]))
  const known = new Map<string, tf.Tensor>()
  const ofSlot = (slot: Slot): tf.Tensor => {
    const key = `${slot.axis} ${slot.parameter}`
    const sum = known.get(key) ?? reduced(products.get(slot.parameter) as tf.Tensor, slot, granularity)
    known.set(key, sum)
    return sum
  }
  return slots => total(slots.map(ofSlot))
}

function plainStep({ plan, rate, values, gradients, direction }: LiftedStep, name: string): tf.Tensor {
  const axis = plan.shifted.get(name)
  return tf.sub(values[name] as tf.Tensor, tf.mul(centred(direction(name, centred(gradients[name] as tf.Tensor, axis)), axis), rate))
}

interface BlockParts {
  readonly home: Block
  readonly canonicals: ReadonlyMap<string, Canonical>
  readonly lengths: LengthGradients
  readonly factors: ReadonlyMap<string, tf.Tensor>
}

/** The parameters of one block: the tangential step on its sphere, then its new length. */
function blockStep({ plan, granularity, rate, values, gradients, direction }: LiftedStep, { home, canonicals, lengths, factors }: BlockParts): readonly (readonly [string, tf.Tensor])[] {
  const of = ({ parameter }: Slot): Canonical => canonicals.get(parameter) as Canonical
  const radial = lengths(home.slots)
  const directions = home.slots.map(slot => {
    const { scale, unit } = of(slot)
    const axis = plan.shifted.get(slot.parameter)
    const gradient = tf.mul(centred(gradients[slot.parameter] as tf.Tensor, axis), scale)
    return centred(direction(slot.parameter, tf.sub(gradient, tf.mul(expanded(radial, slot, unit.rank), unit))), axis)
  })
  const left = tf.mul(total(home.slots.map((slot, i) => reduced(tf.mul(directions[i] as tf.Tensor, of(slot).unit), slot, granularity))), rate)
  return home.slots.map((slot, i) => {
    const { value, scale } = of(slot)
    // What is left along the block, η ⟨u, W⟩ W / ρ², joins the factor of W.
    const factor = tf.add(factors.get(slot.parameter) as tf.Tensor, expanded(left, slot, value.rank))
    const moved = tf.sub(tf.mul(value, factor), tf.mul(directions[i] as tf.Tensor, tf.mul(scale, rate)))
    const given = values[slot.parameter] as tf.Tensor
    return [slot.parameter, given === value ? moved : tf.add(moved, tf.sub(given, value))]
  })
}

/** By what every parameter's entries grow with the lengths of its blocks. */
function lengthFactors(step: LiftedStep, lengths: LengthGradients): ReadonlyMap<string, tf.Tensor> {
  const { plan, granularity, gaugeMode, rate, gradients } = step
  const factors = new Map<string, tf.Tensor>()
  plan.radials.forEach((radial, i) => {
    const ofBlocks = tf.stack(radial.blocks.map(slots => tf.reshape(lengths(slots), [-1]))) as tf.Tensor2D
    const across = changes(step, `lengths ${i} across`, radial.across, ofBlocks)
    const change = gaugeMode === 'frozen' ? across : tf.add(across, changes(step, `lengths ${i} along`, radial.along, ofBlocks))
    const growth = tf.unstack(tf.exp(tf.mul(change, -rate)))
    radial.blocks.forEach((slots, block) => {
      for (const slot of slots) {
        const units = granularity === 'unit' ? (growth[block] as tf.Tensor) : tf.squeeze(growth[block] as tf.Tensor)
        const factor = expanded(units, slot, gradients[slot.parameter]?.rank ?? 0)
        const before = factors.get(slot.parameter)
        factors.set(slot.parameter, before === undefined ? factor : tf.mul(before, factor))
      }
    })
  })
  return factors
}

/** The step of the coordinates that a basis over the blocks gives, back on the blocks. */
function changes({ lengthDirection }: LiftedStep, name: string, basis: Radial['across'], ofBlocks: tf.Tensor2D): tf.Tensor2D {
  const rows = tf.tensor2d(basis.map(row => [...row]))
  return tf.matMul(rows, lengthDirection(name, tf.matMul(rows, ofBlocks)) as tf.Tensor2D, true)
}
