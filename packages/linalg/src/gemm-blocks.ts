import { blockDepth, panelColumns, panelRows } from './gemm-packed.ts'
import { padded } from './gemm-round.ts'
import { areaLength, mostStrips } from './gemm-shared.ts'

/** Sizes of a round that fits in shared memory; several items only where each fits as a whole. */
export interface Blocks {
  readonly items: number
  readonly rows: number
  readonly columns: number
  readonly depth: number
}

/** A side of a block as deep, wide and high as it is. */
const side = 1024

/** Blocks of nearly equal size, longer in one direction where another is short. */
export function blocksOf(count: number, m: number, n: number, k: number): Blocks {
  const depthLeast = Math.min(k, side)
  const columns = part(n, areaLength / Math.max(Math.min(padded(m, panelRows), side), depthLeast), panelColumns)
  const rows = part(m, areaLength / Math.max(columns, depthLeast), panelRows)
  const depthMost = areaLength / Math.max(rows, columns)
  const depth = k <= depthMost ? k : part(k, depthMost, blockDepth)
  if (rows < m || columns < n || depth < k) return { items: 1, rows, columns, depth }
  const items = Math.floor(areaLength / Math.max(rows * columns, rows * k, columns * k))
  return { items: Math.min(count, items, Math.floor(mostStrips / Math.ceil(rows / 32))), rows, columns, depth }
}

/** The size of equal parts, multiples of `unit`, none larger than `most`. */
function part(total: number, most: number, unit: number): number {
  const parts = Math.ceil(total / (Math.floor(most / unit) * unit))
  return padded(Math.ceil(total / parts), unit)
}
