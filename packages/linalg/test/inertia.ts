import type { Matrix } from '../src/matrix.ts'

const bits = 1100n

/** A finite number as an integer multiple of 2^-1100, exactly. */
function fixed(value: number): bigint {
  if (value === 0) return 0n
  const exponent = Math.max(-1074, Math.floor(Math.log2(Math.abs(value))) - 53)
  return BigInt(value / 2 ** exponent) << (bits + BigInt(exponent))
}

/** Counts the eigenvalues above `shift`: the positive pivots of the elimination of A - shift·I. */
function eigenvaluesAbove(a: readonly bigint[][], shift: bigint): number {
  const s = a.map((row, i) => row.map((value, j) => (i === j ? value - shift : value)))
  let above = 0
  for (let k = 0; k < s.length; k++) {
    const pivot = s[k]![k]!
    if (pivot > 0n) above++
    for (let i = k + 1; i < s.length; i++)
      for (let j = i; j < s.length; j++) {
        s[i]![j]! -= (s[k]![i]! * s[k]![j]!) / pivot
        s[j]![i] = s[i]![j]!
      }
  }
  return above
}

function countInOrder(values: ArrayLike<number>, delta: number, above: (x: number) => number): number {
  const agrees = (value: number, i: number): boolean => {
    const ends = [value * (1 - delta), value * (1 + delta)].sort((x, y) => x - y)
    return above(ends[0]!) > i && above(ends[1]!) <= i
  }
  return Array.from(values).filter(agrees).length
}

/**
 * How many of `values`, descending, agree with the symmetric matrix's eigenvalues to the relative tolerance `delta`.
 *
 * No decomposition is computed: by Sylvester's law of inertia the signs of the pivots of A - x·I tell how many
 * eigenvalues exceed x. The elimination works on integers with 1100 bits after the point.
 */
export function countCorrectEigenvalues(a: Matrix, values: ArrayLike<number>, delta: number): number {
  const n = a.rows
  const entries = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => fixed(a.data[i * n + j]!)))
  return countInOrder(values, delta, x => eigenvaluesAbove(entries, fixed(x)))
}

/**
 * How many of `values`, descending and positive, agree with A's singular values to the relative tolerance `delta`: the
 * inertia of AᵀA - x²·I, whose condition number of 10^36, where A's is 10^18, costs 120 of the 1100 bits.
 */
export function countCorrect(a: Matrix, values: ArrayLike<number>, delta: number): number {
  const entries = Array.from(a.data, fixed)
  const gram = Array.from({ length: a.cols }, (_, p) =>
    Array.from({ length: a.cols }, (_, q) => {
      let sum = 0n
      for (let i = 0; i < a.rows; i++) sum += entries[i * a.cols + p]! * entries[i * a.cols + q]!
      return sum >> bits
    }),
  )
  return countInOrder(values, delta, x => (x > 0 ? eigenvaluesAbove(gram, (fixed(x) * fixed(x)) >> bits) : -1))
}
