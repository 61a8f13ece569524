/**
 * The dead entry `c0 + c2 t² + c4 t⁴` of a gradient factor below a layer normalisation:
 * noise floor, leak of the living channels, and the dead channel's own way.
 */
export interface FiniteEntry {
  readonly c0: number
  readonly c2: number
  readonly c4: number
}

/**
 * The local slope `α(t) = (2c2 t² + 4c4 t⁴)/(c0 + c2 t² + c4 t⁴)`: 0 on a noise floor, 2 on the leak plateau, 4 on the direct way.
 * Source: arXiv 2606.05957, rows C8 and C10.
 *
 * @param entry coefficients, none negative and not all zero, in the entry's unit
 * @param t approach parameter, positive
 * @returns slope of the log–log plot, from 0 to 4
 * @throws RangeError when a coefficient or `t` is out of range
 * @example
 * import { finiteSlope } from '@dead-directions/arch-layernorm'
 * finiteSlope({ c0: 0, c2: 1, c4: 1 }, 1) // 3
 */
export function finiteSlope(entry: FiniteEntry, t: number): number {
  checkEntry(entry)
  if (!(t > 0 && t < Infinity)) throw new RangeError(`t: got ${t}, expected a positive number`)
  // Relative to t²: neither t⁴ nor the floor's share leaves the range of a float.
  const [floor, leak, direct] = [entry.c0 / t / t, entry.c2, entry.c4 * t * t]
  return floor === Infinity ? 0 : (2 * leak + 4 * direct) / (floor + leak + direct)
}

/**
 * Where the slope of {@link finiteSlope} passes 1, from noise floor to leak, and 3, from leak to the direct way.
 * Source: arXiv 2606.05957, row C8.
 *
 * @param entry coefficients, none negative and not all zero
 * @returns both values of `t`; `null` for a slope that is never reached
 * @throws RangeError when a coefficient is out of range
 * @example
 * import { crossovers } from '@dead-directions/arch-layernorm'
 * crossovers({ c0: 0, c2: 1, c4: 4 }) // { floorToLeak: null, leakToDirect: 0.5 }
 */
export function crossovers(entry: FiniteEntry): { floorToLeak: number | null; leakToDirect: number | null } {
  checkEntry(entry)
  const { c0, c2, c4 } = entry
  // α = 1 is 3c4 s² + c2 s - c0 = 0 and α = 3 is c4 s² - c2 s - 3c0 = 0 in s = t²; both have this root in their solutions.
  const root = Math.hypot(c2, Math.sqrt(12 * c0) * Math.sqrt(c4))
  return { floorToLeak: positive(Math.sqrt((2 * c0) / (c2 + root))), leakToDirect: positive(Math.sqrt((c2 + root) / (2 * c4))) }
}

function positive(t: number): number | null {
  return t > 0 && t < Infinity ? t : null
}

function checkEntry(entry: FiniteEntry): void {
  for (const name of ['c0', 'c2', 'c4'] as const) {
    if (!(entry[name] >= 0 && entry[name] < Infinity)) throw new RangeError(`${name}: got ${entry[name]}, expected a number that is not negative`)
  }
  if (entry.c0 + entry.c2 + entry.c4 === 0) throw new RangeError('c0, c2, c4: got zeros, expected at least one positive number')
}
