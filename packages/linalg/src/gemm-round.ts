import { blockDepth, panelColumns, panelRows } from './gemm-packed.ts'

/** A piece of work that all threads share: `items` products of the same size, or a block of one, that fit in shared memory. */
export interface Round {
  readonly items: number
  readonly rows: number
  readonly columns: number
  readonly depth: number
  /** Whether a factor's entries of one step, rather than of one line, stand side by side. */
  readonly aByStep: boolean
  readonly bByStep: boolean
  /** Adds to what stands in C. */
  readonly accumulate: boolean
}

/** Lines × steps of a factor that are packed by one task, and where they stand in the factor's area. */
export interface Slice {
  readonly line: number
  readonly lines: number
  readonly step: number
  readonly depth: number
  readonly at: number
}

/** How a round is cut: first every slice of every item is packed, then every tile of C is multiplied, strip by strip. */
export interface Plan extends Round {
  /** Entries of one item in the areas of A, B and C; `ldc` of them in one row of C. */
  readonly aLength: number
  readonly bLength: number
  readonly cLength: number
  readonly ldc: number
  /** Slices of one item, those of A before those of B. */
  readonly aSlices: readonly Slice[]
  readonly bSlices: readonly Slice[]
  readonly tileRows: number
  readonly tileColumns: number
  /** Strips of tiles in one item, and tiles in one strip. */
  readonly strips: number
  readonly tilesInStrip: number
  readonly packs: number
  readonly tiles: number
}

/** A multiple of both panels. */
const sliceLines = 260
/** Tiles from large to small, the largest as in the packed product on one thread: so many that no thread waits long for the last. */
const tileSizes = [[130, 128], [65, 64], [35, 32]] as const
const enoughTiles = 32

/** Cuts a round the same way on every thread. */
export function planOf(round: Round): Plan {
  const { items, rows, columns, depth } = round
  const paddedRows = padded(rows, panelRows)
  const ldc = padded(columns, panelColumns)
  const aSlices = slicesOf(rows, paddedRows, depth)
  const bSlices = slicesOf(columns, ldc, depth)
  const tilesOf = ([tileRows, tileColumns]: readonly [number, number]) => items * Math.ceil(rows / tileRows) * Math.ceil(columns / tileColumns)
  const [tileRows, tileColumns] = tileSizes.find(size => tilesOf(size) >= enoughTiles) ?? tileSizes.at(-1)!
  return {
    ...round,
    aLength: paddedRows * depth,
    bLength: ldc * depth,
    cLength: paddedRows * ldc,
    ldc,
    aSlices,
    bSlices,
    tileRows,
    tileColumns,
    strips: Math.ceil(rows / tileRows),
    tilesInStrip: Math.ceil(columns / tileColumns),
    packs: items * (aSlices.length + bSlices.length),
    tiles: tilesOf([tileRows, tileColumns]),
  }
}

export function padded(count: number, unit: number): number {
  return Math.ceil(count / unit) * unit
}

function slicesOf(lines: number, paddedLines: number, depth: number): Slice[] {
  const slices: Slice[] = []
  for (let step = 0; step < depth; step += blockDepth) {
    const steps = Math.min(blockDepth, depth - step)
    for (let line = 0; line < lines; line += sliceLines)
      slices.push({ line, lines: Math.min(sliceLines, lines - line), step, depth: steps, at: step * paddedLines + line * steps })
  }
  return slices
}
