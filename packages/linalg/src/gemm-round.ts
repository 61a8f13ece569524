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

/** Lines × steps of a factor that lie close together once they are staged, in whole rows. */
export interface Piece {
  readonly line: number
  readonly lines: number
  readonly step: number
  readonly depth: number
  /** where it stands in the factor's area, as staged */
  readonly from: number
  readonly slices: readonly Slice[]
}

/** What one task packs: from where to where in the factor's areas. */
export interface Slice {
  readonly lines: number
  readonly depth: number
  readonly from: number
  readonly lineStride: number
  readonly stepStride: number
  readonly to: number
}

/** How a round is cut: first every slice of every item is packed, then every tile of C is multiplied, strip by strip. */
export interface Plan extends Round {
  /** Entries of one item in the areas of A, B and C; `ldc` of them in one row of C. */
  readonly aLength: number
  readonly bLength: number
  readonly cLength: number
  readonly ldc: number
  readonly aPieces: readonly Piece[]
  readonly bPieces: readonly Piece[]
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
  const { items, rows, columns, depth, aByStep, bByStep } = round
  const paddedRows = padded(rows, panelRows)
  const ldc = padded(columns, panelColumns)
  const aPieces = piecesOf(rows, paddedRows, depth, aByStep)
  const bPieces = piecesOf(columns, ldc, depth, bByStep)
  const aSlices = aPieces.flatMap(({ slices }) => slices)
  const bSlices = bPieces.flatMap(({ slices }) => slices)
  const tilesOf = ([tileRows, tileColumns]: readonly [number, number]) => items * Math.ceil(rows / tileRows) * Math.ceil(columns / tileColumns)
  const [tileRows, tileColumns] = tileSizes.find(size => tilesOf(size) >= enoughTiles) ?? tileSizes.at(-1)!
  return {
    ...round,
    aLength: paddedRows * depth,
    bLength: ldc * depth,
    cLength: paddedRows * ldc,
    ldc,
    aPieces,
    bPieces,
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

function piecesOf(lines: number, paddedLines: number, depth: number, byStep: boolean): Piece[] {
  const groups = cut(lines, sliceLines)
  const chunks = cut(depth, blockDepth)
  const to = (line: number, step: number, steps: number) => step * paddedLines + line * steps
  return byStep
    ? chunks.map(([step, steps]) => {
        const from = step * lines
        const slices = groups.map(([line, count]) => ({ lines: count, depth: steps, from: from + line, lineStride: 1, stepStride: lines, to: to(line, step, steps) }))
        return { line: 0, lines, step, depth: steps, from, slices }
      })
    : groups.map(([line, count]) => {
        const from = line * depth
        const slices = chunks.map(([step, steps]) => ({ lines: count, depth: steps, from: from + step, lineStride: depth, stepStride: 1, to: to(line, step, steps) }))
        return { line, lines: count, step: 0, depth, from, slices }
      })
}

/** Start and length of the parts of `total`, all but the last of length `size`. */
function cut(total: number, size: number): [number, number][] {
  return Array.from({ length: Math.ceil(total / size) }, (_, i) => [i * size, Math.min(size, total - i * size)])
}
