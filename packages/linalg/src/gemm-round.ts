import { panelColumns, panelRows } from './gemm-packed.ts'

/** A piece of work that all threads share: `items` products of the same size, or a block of one, that fit in shared memory. */
export interface Round {
  readonly items: number
  readonly rows: number
  readonly columns: number
  readonly depth: number
  /** Adds to what stands in C. */
  readonly accumulate: boolean
}

/** How a round is cut into tiles of C, strip by strip and item by item. */
export interface Plan extends Round {
  /** Entries of one item in the areas of A, B and C; `ldc` of them in one row of C. */
  readonly aLength: number
  readonly bLength: number
  readonly cLength: number
  readonly ldc: number
  readonly tileRows: number
  readonly tileColumns: number
  /** Strips of tiles in one item, and tiles in one strip. */
  readonly strips: number
  readonly tilesInStrip: number
}

/** Tiles from large to small, the largest as in the packed product on one thread: so many that no thread waits long for the last. */
const tileSizes = [[130, 128], [65, 64], [35, 32]] as const
const enoughTiles = 32

/** Cuts a round the same way on every thread. */
export function planOf(round: Round): Plan {
  const { items, rows, columns, depth } = round
  const paddedRows = padded(rows, panelRows)
  const ldc = padded(columns, panelColumns)
  const tilesOf = ([tileRows, tileColumns]: readonly [number, number]) => items * Math.ceil(rows / tileRows) * Math.ceil(columns / tileColumns)
  const [tileRows, tileColumns] = tileSizes.find(size => tilesOf(size) >= enoughTiles) ?? tileSizes.at(-1)!
  return {
    ...round,
    aLength: paddedRows * depth,
    bLength: ldc * depth,
    cLength: paddedRows * ldc,
    ldc,
    tileRows,
    tileColumns,
    strips: Math.ceil(rows / tileRows),
    tilesInStrip: Math.ceil(columns / tileColumns),
  }
}

export function padded(count: number, unit: number): number {
  return Math.ceil(count / unit) * unit
}
