import { multiplyPlain } from './gemm-plain.ts'
import { type Batch, itemOf, multiplier } from './multiplier.ts'
import type { Operand, Target } from './operand.ts'

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
  /** products of these sizes, 1 unless given; each C follows the one before */
  readonly count?: number
  /** entries from one A of a batch to the next, m·k unless given; 0 is the same A for all */
  readonly aStride?: number
  /** the same for B, k·n unless given */
  readonly bStride?: number
}

/**
 * Writes C = op(A)·op(B), or a batch of such products; every entry is the sum over k in rising order, so all code paths give the same bits.
 *
 * @throws RangeError when a size or offset is not a whole number, an array is too short, or C overlaps A or B.
 * @example
 * import { gemm } from '@dead-directions/linalg'
 * const c = new Float64Array(1)
 * gemm({ m: 1, n: 1, k: 2, a: Float64Array.of(1, 2), b: Float64Array.of(3, 4), c }) // c is [11]
 */
export function gemm(options: GemmOptions): void {
  const { m, n, k, a, b, c, transposeA = false, transposeB = false, aOffset = 0, bOffset = 0, cOffset = 0 } = options
  const { count = 1, aStride = m * k, bStride = k * n } = options
  checkSize('m', m)
  checkSize('n', n)
  checkSize('k', k)
  checkSize('count', count)
  checkSize('aStride', aStride)
  checkSize('bStride', bStride)
  if (count === 0) return
  const aLength = (count - 1) * aStride + m * k
  const bLength = (count - 1) * bStride + k * n
  const cLength = count * m * n
  checkSpan('a', a, aOffset, aLength)
  checkSpan('b', b, bOffset, bLength)
  checkSpan('c', c, cOffset, cLength)
  checkApart('a', a, aOffset, aLength, c, cOffset, cLength)
  checkApart('b', b, bOffset, bLength, c, cOffset, cLength)
  const left = operand(a, aOffset, m, k, aStride, !transposeA)
  const right = operand(b, bOffset, n, k, bStride, transposeB)
  const target = { data: c, offset: cOffset, rowStride: n, columnStride: 1, itemStride: m * n }
  const packs = m * n * k >= packingPays
  const mirrored = a === b && aOffset === bOffset && aStride === bStride && transposeA !== transposeB && m === n && m >= 2 * stripe
  if (packs && !mirrored && Math.min(m, n) >= 4) multiplier()(count, m, n, k, left, right, target)
  else
    for (let item = 0; item < count; item++) {
      const [x, y, z] = [itemOf(left, item), itemOf(right, item), itemOf(target, item)]
      if (packs && mirrored) gram(m, k, x, z)
      else if (n >= 4) multiplyPlain(m, n, k, x, y, z)
      else multiplyPlain(n, m, k, y, x, { ...z, rowStride: 1, columnStride: n })
    }
}

/** Columns of a Gram matrix that are multiplied at once. */
const stripe = 64

/** C = X·Xᵀ: the stripes right of the diagonal, then their mirror image, whose sums are the same bits. */
function gram(m: number, k: number, x: Batch<Operand>, c: Batch<Target>): void {
  for (let i = 0; i < m; i += stripe) {
    const rest = { ...x, offset: x.offset + i * x.lineStride }
    multiplier()(1, Math.min(stripe, m - i), m - i, k, rest, rest, { ...c, offset: c.offset + i * (m + 1) })
  }
  for (let i = 0; i < m; i++) for (let j = i + 1; j < m; j++) c.data[c.offset + j * m + i] = c.data[c.offset + i * m + j] as number
}

function operand(data: Float64Array, offset: number, lines: number, steps: number, itemStride: number, linesAreRows: boolean): Batch<Operand> {
  return linesAreRows
    ? { data, offset, lineStride: steps, stepStride: 1, itemStride }
    : { data, offset, lineStride: 1, stepStride: lines, itemStride }
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
