import { fromRows, multiply, transpose } from '@dead-directions/linalg'
import type { Matrix } from '@dead-directions/linalg'

/** A matrix and its singular values, descending, known without computing a decomposition. */
export interface KnownMatrix {
  readonly matrix: Matrix
  readonly values: Float64Array
}

const size = 16

/** Powers of two from 1 to 2^-60 in an order that sorts nothing. */
const grades = Array.from({ length: size }, (_, j) => 2 ** (-4 * ((7 * j + 3) % size)))

/**
 * B·D with D from 1 to 10^-18 and B = H·T: H the Hadamard matrix of ±1, so HᵀH = 16·I, and T eight blocks
 * [[1, 1/2], [0, 1]]. All entries are exact, so the values are 4 times those of the blocks [[d, e/2], [0, e]], whose
 * squares have sum d² + 5e²/4 and product (d·e)².
 */
export function gradedColumns(): KnownMatrix {
  const hadamard = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => (bitCount(i & j) % 2 === 0 ? 1 : -1)),
  )
  const blocks = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => (i === j ? grades[j]! : i % 2 === 0 && j === i + 1 ? grades[j]! / 2 : 0)),
  )
  const values = new Float64Array(size)
  for (let j = 0; j < size; j += 2) values.set(blockValues(grades[j]!, grades[j + 1]!), j)
  return { matrix: multiply(fromRows(hadamard), fromRows(blocks)), values: values.sort().reverse() }
}

/** The transpose, D·Bᵀ. */
export function gradedRows(): KnownMatrix {
  const { matrix, values } = gradedColumns()
  return { matrix: transpose(matrix), values }
}

function blockValues(d: number, e: number): [number, number] {
  const sum = d * d + 1.25 * e * e
  const product = d * e
  const larger = Math.sqrt((sum + Math.sqrt((sum - 2 * product) * (sum + 2 * product))) / 2)
  return [4 * larger, (4 * product) / larger]
}

function bitCount(bits: number): number {
  return bits === 0 ? 0 : (bits & 1) + bitCount(bits >> 1)
}

/** "k/n": how many values are right to a relative 10^-8. */
export function countRight(found: ArrayLike<number>, { values }: KnownMatrix): string {
  const right = values.filter((value, i) => Math.abs(found[i]! - value) <= 1e-8 * value)
  return `${right.length}/${values.length}`
}
