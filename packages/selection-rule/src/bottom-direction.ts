/** Leading behaviour `F_ij(t) ~ coefficient · t^rate` of a Fisher block in adapted coordinates. */
export interface GradedFisher {
  /** Symmetric table of rates; that of an entry with coefficient zero is not used. */
  readonly rates: readonly (readonly number[])[]
  /** Symmetric table of coefficients, positive on the diagonal; zero for an entry that vanishes identically. */
  readonly coefficients: readonly (readonly number[])[]
  /** Which of the coordinates are tangential to the singular set; the others are transversal. */
  readonly tangential: readonly number[]
}

/** Which direction the smallest eigenvalue of the Fisher block belongs to, or why it cannot be told. */
export type BottomDirection =
  | {
      readonly kind: 'transversal' | 'tangential'
      /** Coordinates of the highest rate, in whose span the bottom eigenvector ends. */
      readonly directions: readonly number[]
      /** Rate of the smallest eigenvalue. */
      readonly rate: number
      /** KL order `1 + rate/2` of the fastest transversal direction, read once `projectOut` is projected out. */
      readonly klOrder: number
      /** Tangential coordinates to project out before k is read; none when the bottom is transversal. */
      readonly projectOut: readonly number[]
      /** `1 - 2 cᵀA⁻¹c / F_bb` at leading order, c and A the cross entries and block of the other coordinates. */
      readonly schurMargin: number
    }
  | { readonly kind: 'refused'; readonly reason: string }

/** Rates closer than this are the same rate: they are sums of given numbers. */
const sameRate = 1e-9

/**
 * Which direction carries the smallest eigenvalue of a Fisher block whose entries have known leading rates.
 *
 * With a tangential block slower than the transversal entry, the bottom eigenvector is the transversal dead direction and
 * its eigenvalue goes at `2(k-1)`. With a faster tangential entry, under the Schur margin (for two coordinates: twice the
 * squared cross entry over the other diagonal entry stays below the entry's own coefficient), it is tangential, and the
 * tangential directions must be projected out ({@link projectOut}) before k is read. Refused: a tie between the two kinds,
 * a failed margin, cross entries that cancel the bottom entry at leading order.
 *
 * `rates` and `coefficients` are n × n with exact rates (pure numbers); `tangential` lists fewer than n coordinates.
 *
 * @throws RangeError when the tables are not square, symmetric and of one size, a diagonal coefficient is not positive, a
 * cross entry decays slower than positivity allows, or `tangential` is not a list of distinct coordinates that leaves one.
 * @see arXiv 2606.05957, rows B1(a), B1(b) and A3.
 * @example
 * import { bottomDirection } from '@dead-directions/selection-rule'
 *
 * // Transversal order k = 3 (rate 4, cross rate 2) beside a tangential entry of order one.
 * bottomDirection({ rates: [[4, 2], [2, 0]], coefficients: [[9, 1.5], [1.5, 1]], tangential: [1] })
 * // { kind: 'transversal', directions: [0], rate: 4, klOrder: 3, projectOut: [], schurMargin: 0.5 }
 */
export function bottomDirection(fisher: GradedFisher): BottomDirection {
  checkTables(fisher)
  const coordinates = fisher.rates.map((_, i) => i)
  const tangential = checkTangential(fisher.tangential, coordinates.length)
  const rateOf = (i: number): number => fisher.rates[i]![i]!
  const rate = Math.max(...coordinates.map(rateOf))
  const bottom = coordinates.filter(i => rate - rateOf(i) <= sameRate)
  const others = coordinates.filter(i => !bottom.includes(i))

  const tangentialCount = bottom.filter(i => tangential.has(i)).length
  if (tangentialCount > 0 && tangentialCount < bottom.length) {
    return { kind: 'refused', reason: `coordinates ${bottom.join(', ')} share the highest rate ${rate} but are not all transversal or all tangential` }
  }
  const pivots = eliminate(limitingCorrelations(fisher, [...others, ...bottom]))
  if (pivots.some(pivot => pivot <= 1e-12)) {
    return { kind: 'refused', reason: 'cross entries cancel a diagonal entry at leading order, so the smallest eigenvalue decays faster than any entry' }
  }
  const schurMargin = 2 * Math.min(...pivots.slice(others.length)) - 1
  const kind = tangentialCount > 0 ? 'tangential' : 'transversal'
  if (kind === 'tangential' && schurMargin <= 0) {
    return { kind: 'refused', reason: `the Schur margin of tangential coordinates ${bottom.join(', ')} is ${schurMargin.toFixed(4)}, it must be positive` }
  }
  const klOrder = 1 + Math.max(...coordinates.filter(i => !tangential.has(i)).map(rateOf)) / 2
  return { kind, directions: bottom, rate, klOrder, projectOut: kind === 'tangential' ? [...tangential] : [], schurMargin }
}

/** `F_ij / √(F_ii F_jj)` at t → 0, in the given order of coordinates. */
function limitingCorrelations({ rates, coefficients }: GradedFisher, order: readonly number[]): number[][] {
  return order.map(i =>
    order.map(j => {
      const excess = 2 * rates[i]![j]! - rates[i]![i]! - rates[j]![j]!
      const coefficient = coefficients[i]![j]!
      if (coefficient === 0 || excess > sameRate) return 0
      if (excess >= -sameRate) return coefficient / Math.sqrt(coefficients[i]![i]! * coefficients[j]![j]!)
      const least = (rates[i]![i]! + rates[j]![j]!) / 2
      throw new RangeError(`rates[${i}][${j}]: got ${rates[i]![j]}, expected at least ${least}, the mean of its diagonal rates`)
    }),
  )
}

/** Pivots of a unit-diagonal symmetric matrix in order: the last ones are the Schur complements of the last coordinates. */
function eliminate(matrix: number[][]): number[] {
  return matrix.map((row, p) => {
    const pivot = row[p]!
    for (const below of matrix.slice(p + 1)) {
      const share = below[p]! / pivot
      for (let j = p; j < below.length; j++) below[j]! -= share * row[j]!
    }
    return pivot
  })
}

function checkTables({ rates, coefficients }: GradedFisher): void {
  const size = rates.length
  for (const [name, table] of [['rates', rates], ['coefficients', coefficients]] as const) {
    if (table.length !== size || size === 0) throw new RangeError(`${name}: got ${table.length} rows, expected ${Math.max(size, 1)}`)
    table.forEach((row, i) => {
      if (row.length !== size) throw new RangeError(`${name}[${i}]: got ${row.length} entries, expected ${size}`)
      row.forEach((value, j) => {
        const [mirrored, used] = [table[j]![i], name === 'coefficients' || coefficients[i]?.[j] !== 0]
        if (used && !(Number.isFinite(value) && value === mirrored)) {
          throw new RangeError(`${name}[${i}][${j}]: got ${value}, expected a finite number equal to entry [${j}][${i}], ${mirrored}`)
        }
      })
    })
  }
  coefficients.forEach((row, i) => {
    if (!(row[i]! > 0)) throw new RangeError(`coefficients[${i}][${i}]: got ${row[i]}, expected a positive number`)
  })
}

function checkTangential(tangential: readonly number[], size: number): ReadonlySet<number> {
  const distinct = new Set(tangential)
  for (const index of tangential) {
    if (!(Number.isInteger(index) && index >= 0 && index < size)) {
      throw new RangeError(`tangential: got ${index}, expected coordinates from 0 to ${size - 1}`)
    }
  }
  if (distinct.size < tangential.length) throw new RangeError(`tangential: got ${tangential.join(', ')}, expected distinct coordinates`)
  if (distinct.size === size) throw new RangeError(`tangential: got all ${size} coordinates, expected at least one to be transversal`)
  return distinct
}
