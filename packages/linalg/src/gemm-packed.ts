import type { Operand, Target } from './operand.ts'

/** Packed blocks and the routine that multiplies them: `c` = or += A·B, with `blockColumns` entries a row. */
export interface BlockKernel {
  readonly a: Float64Array
  readonly b: Float64Array
  readonly c: Float64Array
  multiply(aPanels: number, bPanels: number, depth: number, accumulate: boolean): void
}

export const blockRows = 512
export const blockColumns = 512
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
    for (let i = 0; i < m; i += blockRows) {
      const rows = Math.min(blockRows, m - i)
      for (let p = 0; p < k; p += blockDepth) {
        const depth = Math.min(blockDepth, k - p)
        pack(kernel.a, a, i, rows, p, depth)
        pack(kernel.b, b, j, columns, p, depth)
        kernel.multiply(Math.ceil(rows / 4), Math.ceil(columns / 4), depth, p > 0)
      }
      copyOut(kernel.c, c, i, rows, j, columns)
    }
  }
}

/** Panels of 4 lines, the 4 entries of a step side by side; missing lines are zero. */
function pack(to: Float64Array, from: Operand, line: number, lines: number, step: number, depth: number): void {
  const { data, lineStride, stepStride } = from
  const full = lines - (lines % 4)
  let at = 0
  for (let l = 0; l < full; l += 4) {
    let source = from.offset + (line + l) * lineStride + step * stepStride
    for (let p = 0; p < depth; p++, at += 4, source += stepStride) {
      to[at] = data[source]!
      to[at + 1] = data[source + lineStride]!
      to[at + 2] = data[source + 2 * lineStride]!
      to[at + 3] = data[source + 3 * lineStride]!
    }
  }
  if (full === lines) return
  to.fill(0, at, at + 4 * depth)
  for (let l = full; l < lines; l++) {
    let source = from.offset + (line + l) * lineStride + step * stepStride
    for (let p = 0; p < depth; p++, source += stepStride) to[at + 4 * p + l - full] = data[source]!
  }
}

function copyOut(block: Float64Array, c: Target, row: number, rows: number, column: number, columns: number): void {
  const { data, rowStride, columnStride } = c
  for (let i = 0; i < rows; i++) {
    const source = i * blockColumns
    let at = c.offset + (row + i) * rowStride + column * columnStride
    for (let j = 0; j < columns; j++, at += columnStride) data[at] = block[source + j]!
  }
}
