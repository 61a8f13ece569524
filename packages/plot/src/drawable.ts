/** How many of a series' values a logarithmic axis cannot show, by reason. */
export interface Dropped {
  zero: number
  negative: number
  notFinite: number
}

/** A measured point: the numbers given and their base-ten logarithms. */
export interface LogPoint {
  t: number
  value: number
  x: number
  y: number
}

/** Splits pairs `(t, value)` into drawable points and a count of those a log–log picture cannot show. */
export const logPoints = (t: ArrayLike<number>, values: ArrayLike<number>): { points: LogPoint[]; dropped: Dropped } =>
  collect(t, values, (ti, value) => reasonNotPositive(ti) ?? reasonNotPositive(value), Math.log10)

/** Splits pairs `(t, value)` as {@link logPoints} does, for a linear value axis: only `t` has to be positive. */
export const halfLogPoints = (t: ArrayLike<number>, values: ArrayLike<number>): { points: LogPoint[]; dropped: Dropped } =>
  collect(t, values, (ti, value) => reasonNotPositive(ti) ?? (Number.isFinite(value) ? undefined : 'notFinite'), value => value)

/** Why a logarithmic axis cannot show `value`, or `undefined` when it can. */
export const reasonNotPositive = (value: number): keyof Dropped | undefined =>
  !Number.isFinite(value) ? 'notFinite' : value === 0 ? 'zero' : value < 0 ? 'negative' : undefined

const collect = (
  t: ArrayLike<number>,
  values: ArrayLike<number>,
  reasonOf: (t: number, value: number) => keyof Dropped | undefined,
  height: (value: number) => number,
): { points: LogPoint[]; dropped: Dropped } => {
  const points: LogPoint[] = []
  const dropped: Dropped = { zero: 0, negative: 0, notFinite: 0 }
  for (let i = 0; i < t.length; i++) {
    const [ti, value] = [t[i] as number, values[i] as number]
    const reason = reasonOf(ti, value)
    if (reason === undefined) points.push({ t: ti, value, x: Math.log10(ti), y: height(value) })
    else dropped[reason]++
  }
  return { points, dropped }
}

/** One sentence on a series' dropped values, or nothing when none was. */
export const droppedNote = (name: string, dropped: Dropped, total: number): string[] => {
  const reasons = [
    [dropped.zero, 'zero'],
    [dropped.negative, 'negative'],
    [dropped.notFinite, 'not finite'],
  ] as const
  const told = reasons.filter(([count]) => count > 0)
  if (told.length === 0) return []
  const count = told.reduce((sum, [some]) => sum + some, 0)
  return [`${name}: ${count} of ${total} values not drawn (${told.map(([some, why]) => `${some} ${why}`).join(', ')}).`]
}

/** @throws RangeError when two columns of one series differ in length. */
export const checkLengths = (field: string, length: number, expected: number): void => {
  if (length !== expected) throw new RangeError(`${field}: got ${length} numbers, expected ${expected}, as many as t has`)
}
