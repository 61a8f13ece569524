import { exponentialWasm } from './exponential-wasm.ts'
import { instantiate } from './wasm.ts'

type Exponential = 'exp' | 'expm1' | 'tanh' | 'sigmoid'

type ExponentialExports = { readonly memory: WebAssembly.Memory } & Readonly<Record<Exponential, (p: number, count: number) => void>> & {
    softmax(p: number, rows: number, count: number): void
  }

/** Numbers that pass through WebAssembly memory at a time: 32 KiB, which stay in a core's nearest cache. */
const chunk = 4096

let bound: { readonly exports: ExponentialExports; buffer: Float64Array } | undefined

/** The module with room in its memory for `length` numbers and the one behind them that an odd count overwrites. */
function kernels(length: number): { readonly exports: ExponentialExports; readonly buffer: Float64Array } {
  if (bound === undefined) {
    const exports = instantiate<ExponentialExports>(exponentialWasm)
    if (exports === undefined) throw new Error('exponentials: got a host without WebAssembly SIMD, expected one with it')
    bound = { exports, buffer: new Float64Array(exports.memory.buffer) }
  }
  const missing = 8 * (length + 1) - bound.buffer.byteLength
  if (missing > 0) {
    bound.exports.memory.grow(Math.ceil(missing / 65536))
    bound.buffer = new Float64Array(bound.exports.memory.buffer)
  }
  return bound
}

/** Takes x through WebAssembly memory to y, `length` numbers at a time. */
function through(x: Float64Array, y: Float64Array, length: number, apply: (exports: ExponentialExports, count: number) => void): void {
  const { exports, buffer } = kernels(length)
  for (let start = 0; start < x.length; start += length) {
    const count = Math.min(length, x.length - start)
    buffer.set(count === x.length ? x : x.subarray(start, start + count))
    apply(exports, count)
    y.set(buffer.subarray(0, count), start)
  }
}

const entrywise =
  (name: Exponential) =>
  (x: Float64Array, y: Float64Array): void =>
    through(x, y, chunk, (exports, count) => exports[name](0, count))

/**
 * Writes exp x into y, which may be x itself, entry by entry: to one unit in the last place, with the same bits wherever an entry
 * stands; so do `expm1`, `tanh` and `sigmoid` to two. Throws an Error where the host lacks WebAssembly SIMD.
 *
 * @example
 * import { exp } from '@dead-directions/linalg/kernels'
 * const y = new Float64Array(2)
 * exp(Float64Array.of(0, -Infinity), y) // y is 1, 0
 */
export const exp: (x: Float64Array, y: Float64Array) => void = entrywise('exp')
export const expm1: (x: Float64Array, y: Float64Array) => void = entrywise('expm1')
export const tanh: (x: Float64Array, y: Float64Array) => void = entrywise('tanh')
/** 1 / (1 + exp(-x)) */
export const sigmoid: (x: Float64Array, y: Float64Array) => void = entrywise('sigmoid')

/** Writes the softmax of every row of `n` entries of x into y, which may be x itself. */
export function softmax(x: Float64Array, y: Float64Array, n: number): void {
  if (n > 0) through(x, y, Math.max(1, Math.floor(chunk / n)) * n, (exports, count) => exports.softmax(0, count / n, n))
}
