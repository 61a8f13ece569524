import { blockKernel } from './gemm-kernel.ts'
import { multiplyPacked } from './gemm-packed.ts'
import { multiplyPlain } from './gemm-plain.ts'
import type { Operand } from './operand.ts'

/** Below this many multiplications, packing costs more than it saves. */
const packingPays = 800

/** What {@link gemm} multiplies: row-major contiguous matrices, each from its offset on. */
export interface GemmOptions {
  /** rows of op(A) and C */
  readonly m: number
  /** columns of op(B) and C */
  readonly n: number
  /** columns of op(A), rows of op(B) */
  readonly k: number
  /** m × k, or k × m with `transposeA` */
  readonly a: Float64Array
  /** k × n, or n × k with `transposeB` */
  readonly b: Float64Array
  /** m × n, overwritten */
  readonly c: Float64Array
  readonly transposeA?: boolean
  readonly transposeB?: boolean
  readonly aOffset?: number
  readonly bOffset?: number
  readonly cOffset?: number
}

/**
 * Writes C = op(A)·op(B); every entry is the sum over k in rising order, so all code paths give the same bits.
 *
 * @throws RangeError when a size or offset is not a whole number, an array is too short, or C overlaps A or B.
 * @example
 * import { gemm } from '@dead-directions/linalg'
 * const c = new Float64Array(1)
 * gemm({ m: 1, n: 1, k: 2, a: Float64Array.of(1, 2), b: Float64Array.of(3, 4), c }) // c is [11]
 */
export function gemm(options: GemmOptions): void {
  const { m, n, k, a, b, c, transposeA = false, transposeB = false, aOffset = 0, bOffset = 0, cOffset = 0 } = options
  checkSize('m', m)
  checkSize('n', n)
  checkSize('k', k)
  checkSpan('a', a, aOffset, m * k)
  checkSpan('b', b, bOffset, k * n)
  checkSpan('c', c, cOffset, m * n)
  checkApart('a', a, aOffset, m * k, c, cOffset, m * n)
  checkApart('b', b, bOffset, k * n, c, cOffset, m * n)
  const left = operand(a, aOffset, m, k, !transposeA)
  const right = operand(b, bOffset, n, k, transposeB)
  const target = { data: c, offset: cOffset, rowStride: n, columnStride: 1 }
  if (a === b && aOffset === bOffset && transposeA !== transposeB && m === n && m >= 2 * stripe && m * n * k >= packingPays) gram(m, k, left, target)
  else if (Math.min(m, n) >= 4 && m * n * k >= packingPays) multiplyPacked(blockKernel(), m, n, k, left, right, target)
  else if (n >= 4) multiplyPlain(m, n, k, left, right, target)
  else multiplyPlain(n, m, k, right, left, { data: c, offset: cOffset, rowStride: 1, columnStride: n })
}

/** Columns of a Gram matrix that are multiplied at once. */
const stripe = 64

/** C = X·Xᵀ: the stripes right of the diagonal, then their mirror image, whose sums are the same bits. */
function gram(m: number, k: number, x: Operand, c: { data: Float64Array; offset: number; rowStride: number; columnStride: number }): void {
  for (let i = 0; i < m; i += stripe) {
    const rest = { ...x, offset: x.offset + i * x.lineStride }
    multiplyPacked(blockKernel(), Math.min(stripe, m - i), m - i, k, rest, rest, { ...c, offset: c.offset + i * (m + 1) })
  }
  for (let i = 0; i < m; i++) for (let j = i + 1; j < m; j++) c.data[c.offset + j * m + i] = c.data[c.offset + i * m + j] as number
}

function operand(data: Float64Array, offset: number, lines: number, steps: number, linesAreRows: boolean): Operand {
  return linesAreRows
    ? { data, offset, lineStride: steps, stepStride: 1 }
    : { data, offset, lineStride: 1, stepStride: lines }
}

function checkSize(field: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new RangeError(`gemm: ${field} is ${value}, expected a whole number of at least 0`)
}

function checkSpan(field: string, array: Float64Array, offset: number, count: number): void {
  checkSize(`${field}Offset`, offset)
  if (array.length < offset + count)
    throw new RangeError(`gemm: ${field} has ${array.length} entries, expected at least ${offset + count}`)
}

function checkApart(
  field: string,
  array: Float64Array,
  offset: number,
  count: number,
  c: Float64Array,
  cOffset: number,
  cCount: number,
): void {
  if (array.buffer !== c.buffer || count === 0 || cCount === 0) return
  const start = array.byteOffset + 8 * offset
  const cStart = c.byteOffset + 8 * cOffset
  if (start < cStart + 8 * cCount && cStart < start + 8 * count)
    throw new RangeError(`gemm: c overlaps ${field} in memory, expected its own place`)
}
