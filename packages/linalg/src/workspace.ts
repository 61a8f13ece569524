import { rowsWasm } from './rows-wasm.ts'
import { instantiate } from './wasm.ts'
import { plainAdd, plainDot, plainTurn } from './workspace-plain.ts'

/** A stretch of zeroed numbers with the vector operations of QR and Jacobi; p and q are places in `data`. */
export interface Workspace {
  readonly data: Float64Array
  /** Σ data[p + i]·data[q + i] */
  dot(p: number, q: number, count: number): number
  /** data[q + i] += factor·data[p + i] */
  add(factor: number, p: number, q: number, count: number): void
  /** (x, y) at p and q becomes (c·x - s·y, s·x + c·y), given s and t = s / (1 + c), so that small turns round little */
  turn(p: number, q: number, count: number, s: number, t: number): void
}

/** A matrix inside a workspace, row after row from `start` on. */
export interface Rows {
  readonly rows: number
  readonly cols: number
  readonly start: number
}

interface RowsExports {
  readonly memory: WebAssembly.Memory
  dot(p: number, q: number, count: number): number
  add(factor: number, p: number, q: number, count: number): void
  turn(p: number, q: number, count: number, s: number, t: number): void
}

/** A workspace in WebAssembly memory, or undefined where the host lacks SIMD or the memory. */
export function wasmWorkspace(exports: RowsExports | undefined, length: number): Workspace | undefined {
  if (!exports) return undefined
  const { memory, dot, add, turn } = exports
  const missing = 8 * length - memory.buffer.byteLength
  try {
    if (missing > 0) memory.grow(Math.ceil(missing / 65536))
  } catch {
    return undefined
  }
  return {
    data: new Float64Array(memory.buffer, 0, length).fill(0),
    dot: (p, q, count) => dot(8 * p, 8 * q, count),
    add: (factor, p, q, count) => add(factor, 8 * p, 8 * q, count),
    turn: (p, q, count, s, t) => turn(8 * p, 8 * q, count, s, t),
  }
}

/** The same in plain TypeScript, with the same bits in every result. */
export function plainWorkspace(length: number): Workspace {
  const data = new Float64Array(length)
  return {
    data,
    dot: (p, q, count) => plainDot(data, p, data, q, count),
    add: (factor, p, q, count) => plainAdd(data, factor, p, q, count),
    turn: (p, q, count, s, t) => plainTurn(data, p, q, count, s, t),
  }
}

let exports: { readonly rows: RowsExports | undefined } | undefined

/** A zeroed workspace, good until the next one is asked for. */
export function workspace(length: number): Workspace {
  exports ??= { rows: instantiate<RowsExports>(rowsWasm) }
  return wasmWorkspace(exports.rows, length) ?? plainWorkspace(length)
}

/** Exchanges `count` entries from `p` on with those from `q` on. */
export function swap(x: Float64Array | Int32Array, p: number, q: number, count: number): void {
  for (let i = 0; i < count; i++) {
    const kept = x[p + i]!
    x[p + i] = x[q + i]!
    x[q + i] = kept
  }
}

export function indexOfLargest(values: Float64Array, from: number): number {
  let best = from
  for (let j = from + 1; j < values.length; j++) if (values[j]! > values[best]!) best = j
  return best
}
