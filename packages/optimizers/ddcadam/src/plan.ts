import { identity, type Matrix, multiply, svd, transpose } from '@dead-directions/linalg'
import type { GaugeData, Slot } from '@dead-directions/quotient'

/** Whether a rescaling moves every hidden unit on its own or whole blocks by one number. */
export type Granularity = 'unit' | 'block'

/** A positive rescaling of the units between its two sides. */
export interface Scaling {
  readonly label: string
  readonly units: number
  readonly forward: readonly Slot[]
  readonly dual: readonly Slot[]
}

/** Parameters whose length is one coordinate: where each is seen along the units, and the scaling they belong to. */
export interface Block {
  readonly scaling: number
  readonly side: Slot['side']
  readonly slots: readonly Slot[]
}

/** Blocks whose logarithmic lengths are split into radial coordinates and those along the orbit. */
export interface Radial {
  readonly blocks: readonly (readonly Slot[])[]
  /** Orthonormal rows over the blocks: no orbit moves along these. */
  readonly across: readonly (readonly number[])[]
  /** Orthonormal rows over the blocks: the orbit's. */
  readonly along: readonly (readonly number[])[]
}

/** Entries of an axis that a rotation mixes, `tile` neighbours at a time. */
export interface Mixed {
  readonly axis: 0 | 1
  readonly tile: number
  readonly count: number
}

/** How gauges act on the parameters of one optimiser. */
export interface Plan {
  readonly scalings: readonly Scaling[]
  /** Every parameter of a scaling is in exactly one. */
  readonly homes: readonly Block[]
  readonly radials: readonly Radial[]
  /** The axis over which a parameter's mean is gauge. */
  readonly shifted: ReadonlyMap<string, 0 | 1>
  readonly mixed: ReadonlyMap<string, readonly Mixed[]>
}

/** What an optimiser has to know of its gauges; permutations and signs need nothing. */
export function planOf(gauges: readonly GaugeData[], granularity: Granularity): Plan {
  const scalings = inOrder(gauges.filter(({ kind }) => kind === 'rescaling').map(scalingOf))
  const mixed = mixedAxes(gauges)
  const shifted = new Map(gauges.filter(({ kind }) => kind === 'translation').flatMap(({ slots }) => slots.map(({ parameter, axis }) => [parameter, axis] as const)))
  if (granularity === 'unit') checkAxes(scalings, shifted, mixed)
  const homes = homesOf(scalings)
  return { scalings, homes, radials: granularity === 'unit' ? scalings.map(pair) : components(scalings, homes), shifted, mixed }
}

function refuse(label: string, reason: string): never {
  throw new RangeError(`gauges: "${label}" ${reason}`)
}

function scalingOf({ label, units, slots }: GaugeData): Scaling {
  const of = (side: Slot['side']): readonly Slot[] => slots.filter(slot => slot.side === side)
  if (slots.some(({ offset }) => offset !== 0)) refuse(label, 'rescales a part of an axis, expected the whole of it')
  if (new Set(slots.map(({ parameter }) => parameter)).size < slots.length) refuse(label, 'rescales one parameter twice, expected different ones')
  if (of('forward').length === 0 || of('dual').length === 0) refuse(label, 'rescales on one side only, expected parameters on both')
  return { label, units, forward: of('forward'), dual: of('dual') }
}

/** Scalings so that what a forward side reads through comes first. */
function inOrder(scalings: readonly Scaling[]): readonly Scaling[] {
  const forward = new Map<string, Scaling>()
  for (const scaling of scalings) {
    for (const { parameter } of scaling.forward) {
      const other = forward.get(parameter)
      if (other !== undefined) refuse(scaling.label, `overlaps "${other.label}" in ${parameter}, expected different parameters on the forward side`)
      forward.set(parameter, scaling)
    }
  }
  const ordered = new Set<Scaling>()
  const visit = (scaling: Scaling, above: readonly Scaling[]): void => {
    if (above.includes(scaling)) refuse(scaling.label, 'is in a cycle of rescalings, expected a chain')
    const before = scalings.filter(({ dual }) => dual.some(({ parameter }) => forward.get(parameter) === scaling))
    if (!ordered.has(scaling)) for (const other of before) visit(other, [...above, scaling])
    ordered.add(scaling)
  }
  for (const scaling of scalings) visit(scaling, [])
  return [...ordered]
}

function mixedAxes(gauges: readonly GaugeData[]): ReadonlyMap<string, readonly Mixed[]> {
  const found = new Map<string, { axis: 0 | 1; tile: number; offsets: Set<number>; label: string }[]>()
  for (const { kind, label, units, slots } of gauges) {
    if (kind !== 'rotation' && kind !== 'general-linear' && kind !== 'phase') continue
    const tile = kind === 'phase' ? 2 : units
    for (const { parameter, axis, offset } of slots) {
      const own = found.get(parameter) ?? found.set(parameter, []).get(parameter) ?? []
      const known = own.find(other => other.axis === axis)
      if (known !== undefined && known.tile !== tile) refuse(label, `overlaps "${known.label}" in ${parameter}, expected turns of one size`)
      const { offsets } = known ?? own[own.push({ axis, tile, offsets: new Set(), label }) - 1]!
      for (let at = 0; at < units; at += tile) offsets.add(offset + at)
    }
  }
  return new Map([...found].map(([parameter, axes]) => [parameter, axes.map(({ axis, tile, offsets }) => ({ axis, tile, count: offsets.size }))]))
}

function checkAxes(scalings: readonly Scaling[], shifted: Plan['shifted'], mixed: Plan['mixed']): void {
  for (const { label, forward, dual } of scalings) {
    for (const { parameter, axis } of [...forward, ...dual]) {
      if (shifted.get(parameter) === axis) refuse(label, `rescales the units of ${parameter} that a translation shifts, expected granularity 'block'`)
      if (mixed.get(parameter)?.some(other => other.axis === axis)) refuse(label, `rescales the units of ${parameter} that a rotation turns, expected granularity 'block'`)
    }
  }
}

/** A parameter's length belongs to the scaling whose forward side it is on, or else to the first that it undoes. */
function homesOf(scalings: readonly Scaling[]): readonly Block[] {
  const taken = new Set(scalings.flatMap(({ forward }) => forward.map(({ parameter }) => parameter)))
  const duals = scalings.map(({ dual }, scaling): Block => {
    const slots = dual.filter(({ parameter }) => !taken.has(parameter))
    for (const { parameter } of slots) taken.add(parameter)
    return { scaling, side: 'dual', slots }
  })
  return [...scalings.map(({ forward }, scaling): Block => ({ scaling, side: 'forward', slots: forward })), ...duals.filter(({ slots }) => slots.length > 0)]
}

function pair({ forward, dual }: Scaling): Radial {
  return { blocks: [forward, dual], across: [[Math.SQRT1_2, Math.SQRT1_2]], along: [[Math.SQRT1_2, -Math.SQRT1_2]] }
}

/** Scalings that share parameters, each set with one coordinate for every block of it. */
function components(scalings: readonly Scaling[], homes: readonly Block[]): readonly Radial[] {
  const names = ({ forward, dual }: Scaling): readonly string[] => [...forward, ...dual].map(({ parameter }) => parameter)
  const sets: Scaling[][] = []
  for (const scaling of scalings) {
    const near = sets.filter(set => set.some(other => names(other).some(name => names(scaling).includes(name))))
    for (const set of near) sets.splice(sets.indexOf(set), 1)
    sets.push([...near.flat(), scaling])
  }
  return sets.map(set => {
    const blocks = homes.filter(({ scaling }) => set.includes(scalings[scaling] as Scaling)).map(({ slots }) => slots)
    const exponents = set.flatMap(scaling => blocks.map(([first]) => exponent(scaling, (first as Slot).parameter)))
    return { blocks, ...split({ rows: set.length, cols: blocks.length, data: Float64Array.from(exponents) }) }
  })
}

function exponent({ forward, dual }: Scaling, parameter: string): number {
  const on = (slots: readonly Slot[]): number => Number(slots.some(slot => slot.parameter === parameter))
  return on(forward) - on(dual)
}

/** Orthonormal bases of what the rows span and of what is orthogonal to them. */
function split(exponents: Matrix): Pick<Radial, 'across' | 'along'> {
  const gram = multiply(transpose(exponents), exponents)
  // The identity on top keeps what no row spans at one instead of at rounding.
  const { u, s } = svd({ ...gram, data: gram.data.map((x, i) => x + (identity(gram.rows).data[i] as number)) })
  const vector = (j: number): number[] => Array.from({ length: u.rows }, (_, i) => u.data[i * u.cols + j] as number)
  const all = Array.from(s.keys())
  return { along: all.filter(j => (s[j] as number) > 1 + 1e-6).map(vector), across: all.filter(j => (s[j] as number) <= 1 + 1e-6).map(vector) }
}
