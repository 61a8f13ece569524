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

/** Blocks whose logarithmic lengths are split into radial coordinates and those along the orbit. */
export interface Radial {
  /** Of its state. */
  readonly name: string
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

/** Rescalings that hang together by the parameters that they share. */
export interface Group {
  /** What a forward side reads through comes first. */
  readonly scalings: readonly Scaling[]
  /** Blocks with one length each: the forward side of every scaling, then what is left. Every parameter is in exactly one. */
  readonly homes: readonly (readonly Slot[])[]
  readonly radials: readonly Radial[]
}

/** How gauges act on the parameters of one optimiser. */
export interface Plan {
  readonly groups: readonly Group[]
  /** Slots whose every unit one number shifts, up on the forward side and down on the other. */
  readonly translations: readonly (readonly Slot[])[]
  readonly mixed: ReadonlyMap<string, readonly Mixed[]>
}

/** What an optimiser has to know of its gauges; permutations and signs need nothing. */
export function planOf(gauges: readonly GaugeData[], granularity: Granularity): Plan {
  const scalings = inOrder(gauges.filter(({ kind }) => kind === 'rescaling').map(scalingOf))
  const mixed = mixedAxes(gauges)
  const translations = gauges.filter(({ kind }) => kind === 'translation')
  for (const translation of translations) checkShift(translation, scalings)
  if (granularity === 'unit') checkAxes(scalings, translations, mixed)
  const groups = connected(scalings, namesOf).map((set, at): Group => {
    const homes = homesOf(set)
    return { scalings: set, homes, radials: granularity === 'unit' ? set.map((scaling, i) => pair(scaling, `lengths ${at} ${i}`)) : [together(set, homes, `lengths ${at}`)] }
  })
  return { groups, translations: translations.map(({ slots }) => slots), mixed }
}

/** Names that no rescaling moves, those together that a translation joins. */
export function plainSets({ groups, translations }: Plan, names: readonly string[]): readonly (readonly string[])[] {
  const grouped = new Set(groups.flatMap(({ scalings }) => scalings.flatMap(namesOf)))
  const plain = names.filter(name => !grouped.has(name))
  const joined = translations.map(slots => slots.map(({ parameter }) => parameter)).filter(([first]) => first !== undefined && !grouped.has(first))
  return connected([...plain.map(name => [name]), ...joined], own => own).map(sets => [...new Set(sets.flat())])
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

function checkShift({ label, slots }: GaugeData, scalings: readonly Scaling[]): void {
  if (slots.some(({ offset }) => offset !== 0)) refuse(label, 'shifts a part of an axis, expected the whole of it')
  const scaled = scalings.flatMap(namesOf)
  const shared = slots.length > 1 ? slots.find(({ parameter }) => scaled.includes(parameter)) : undefined
  if (shared !== undefined) refuse(label, `shifts ${shared.parameter}, which a rescaling moves, together with others, expected it alone`)
}

function checkAxes(scalings: readonly Scaling[], translations: readonly GaugeData[], mixed: Plan['mixed']): void {
  // A shift moves all that is along the other axis.
  const along = translations.flatMap(({ slots }) => slots.map(({ parameter, axis }) => `${1 - axis} ${parameter}`))
  for (const { label, forward, dual } of scalings) {
    for (const { parameter, axis } of [...forward, ...dual]) {
      if (along.includes(`${axis} ${parameter}`)) refuse(label, `rescales the units of ${parameter} that a translation shifts, expected granularity 'block'`)
      if (mixed.get(parameter)?.some(other => other.axis === axis)) refuse(label, `rescales the units of ${parameter} that a rotation turns, expected granularity 'block'`)
    }
  }
}

function namesOf({ forward, dual }: Scaling): readonly string[] {
  return [...forward, ...dual].map(({ parameter }) => parameter)
}

/** Items that hang together by the names that they share; sets keep the order given. */
export function connected<item>(items: readonly item[], names: (item: item) => readonly string[]): readonly (readonly item[])[] {
  const sets: item[][] = []
  for (const item of items) {
    const near = sets.filter(set => set.some(other => names(other).some(name => names(item).includes(name))))
    for (const set of near) sets.splice(sets.indexOf(set), 1)
    sets.push([...near.flat(), item])
  }
  return sets.map(set => items.filter(item => set.includes(item)))
}

/** A parameter's length belongs to the scaling whose forward side it is on, or else to the first that it undoes. */
function homesOf(scalings: readonly Scaling[]): readonly (readonly Slot[])[] {
  const taken = new Set(scalings.flatMap(({ forward }) => forward.map(({ parameter }) => parameter)))
  const duals = scalings.map(({ dual }) => {
    const slots = dual.filter(({ parameter }) => !taken.has(parameter))
    for (const { parameter } of slots) taken.add(parameter)
    return slots
  })
  return [...scalings.map(({ forward }) => forward), ...duals.filter(slots => slots.length > 0)]
}

function pair({ forward, dual }: Scaling, name: string): Radial {
  return { name, blocks: [forward, dual], across: [[Math.SQRT1_2, Math.SQRT1_2]], along: [[Math.SQRT1_2, -Math.SQRT1_2]] }
}

/** One coordinate for every block of scalings that share parameters. */
function together(scalings: readonly Scaling[], blocks: Group['homes'], name: string): Radial {
  const exponents = scalings.flatMap(scaling => blocks.map(([first]) => exponent(scaling, (first as Slot).parameter)))
  return { name, blocks, ...split({ rows: scalings.length, cols: blocks.length, data: Float64Array.from(exponents) }) }
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
