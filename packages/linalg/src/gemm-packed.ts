import type { Operand, Target } from './operand.ts'

/** Packed blocks of A and B, and the routine that multiplies them: `c` = or += A·B, with `ldc` entries a row. */
export interface BlockKernel {
  readonly c: Float64Array
  /** Panels of {@link panelRows} lines, from (line, step) on, the entries of a step side by side; missing lines are zero. */
  packA(from: Operand, line: number, lines: number, step: number, depth: number): void
  /** The same in panels of {@link panelColumns}. */
  packB(from: Operand, line: number, lines: number, step: number, depth: number): void
  multiply(aPanels: number, bPanels: number, depth: number, ldc: number, accumulate: boolean): void
}

export const panelRows = 5
export const panelColumns = 4

export const blockRows = 1040
export const blockColumns = 1024
export const blockDepth = 256

/** C = A·B (k ≥ 1) through packed blocks of fixed size, each entry summed in rising order of the step. */
export function multiplyPacked(
  kernel: BlockKernel,
  m: number,
  n: number,
  k: number,
  a: Operand,
  b: Operand,
  c: Target,
): void {
  for (let j = 0; j < n; j += blockColumns) {
    const columns = Math.min(blockColumns, n - j)
    const bPanels = Math.ceil(columns / panelColumns)
    const ldc = bPanels * panelColumns
    for (let i = 0; i < m; i += blockRows) {
      const rows = Math.min(blockRows, m - i)
      for (let p = 0; p < k; p += blockDepth) {
        const depth = Math.min(blockDepth, k - p)
        kernel.packA(a, i, rows, p, depth)
        kernel.packB(b, j, columns, p, depth)
        kernel.multiply(Math.ceil(rows / panelRows), bPanels, depth, ldc, p > 0)
      }
      copyOut(kernel.c, ldc, c, i, rows, j, columns)
    }
  }
}

/** Copies a block, `ldc` entries a row, to (row, column) of the target. */
export function copyOut(block: Float64Array, ldc: number, c: Target, row: number, rows: number, column: number, columns: number): void {
  const { data, rowStride, columnStride } = c
  const start = c.offset + row * rowStride + column * columnStride
  if (columnStride === 1) return copyRows(block, 0, ldc, data, start, rowStride, rows, columns)
  for (let i = 0; i < rows; i++)
    for (let j = 0, at = start + i * rowStride; j < columns; j++, at += columnStride) data[at] = block[i * ldc + j]!
}

/** Rows of `length` entries, `pitch` and `toPitch` apart. */
export function copyRows(
  from: Float64Array,
  start: number,
  pitch: number,
  to: Float64Array,
  toStart: number,
  toPitch: number,
  rows: number,
  length: number,
): void {
  if (pitch === length && toPitch === length) to.set(from.subarray(start, start + rows * length), toStart)
  else
    for (let i = 0; i < rows; i++, start += pitch, toStart += toPitch)
      if (length >= 32) to.set(from.subarray(start, start + length), toStart)
      else for (let j = 0; j < length; j++) to[toStart + j] = from[start + j]!
}
