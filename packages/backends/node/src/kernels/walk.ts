import type { Values } from '../dense.ts'
import { specialised } from './specialised.ts'

/** Axes merged wherever every operand steps over two neighbours as over one. */
export interface Walk {
  readonly dims: readonly number[]
  readonly steps: readonly (readonly number[])[]
}

/**
 * The loop nest over `shape` in which operand `k` steps by `strides[k]`, with axes of length one dropped and
 * neighbours merged: same-shape operands become one row, a bias becomes rows against one row, a scalar one row of step 0.
 */
export function walkOf(shape: readonly number[], strides: readonly (readonly number[])[]): Walk {
  const dims: number[] = []
  const steps: number[][] = strides.map(() => [])
  for (let axis = 0; axis < shape.length; axis++) {
    const length = shape[axis]!
    if (length === 1) continue
    const last = dims.length - 1
    if (last >= 0 && strides.every((s, k) => steps[k]![last] === s[axis]! * length)) {
      dims[last] = dims[last]! * length
      strides.forEach((s, k) => (steps[k]![last] = s[axis]!))
    } else {
      dims.push(length)
      strides.forEach((s, k) => steps[k]!.push(s[axis]!))
    }
  }
  if (dims.length === 0) {
    dims.push(1)
    for (const s of steps) s.push(0)
  }
  return { dims, steps }
}

/** Visits the blocks of a walk of up to three operands, its `inner` last axes at a time, with the offset of each operand. */
export function eachBlock({ dims, steps }: Walk, inner: number, visit: (first: number, second: number, third: number) => void): void {
  if (dims.includes(0)) return
  const depth = Math.max(0, dims.length - inner)
  const index = new Int32Array(depth)
  const [p, q, r] = steps
  let a = 0
  let b = 0
  let c = 0
  for (;;) {
    visit(a, b, c)
    let axis = depth - 1
    for (; axis >= 0; axis--) {
      const length = dims[axis]!
      a += p?.[axis] ?? 0
      b += q?.[axis] ?? 0
      c += r?.[axis] ?? 0
      if (++index[axis]! < length) break
      index[axis] = 0
      a -= length * (p?.[axis] ?? 0)
      b -= length * (q?.[axis] ?? 0)
      c -= length * (r?.[axis] ?? 0)
    }
    if (axis < 0) return
  }
}

/** Strides of an operand of shape `from` read as if it had the shape `to`: zero along broadcast axes. */
export function broadcastStrides(from: readonly number[], to: readonly number[]): number[] {
  const strides = new Array<number>(to.length).fill(0)
  let step = 1
  for (let axis = from.length - 1; axis >= 0; axis--) {
    const length = from[axis]!
    if (length !== 1) strides[axis + to.length - from.length] = step
    step *= length
  }
  return strides
}

/** One side of a copy: an array, where to start in it and how far to go for one step along each axis. */
export interface Place {
  readonly values: Values
  readonly offset: number
  readonly strides: readonly number[]
}

const rowLoop = () =>
  function row(n: number, source: Values, i: number, stepFrom: number, target: Values, k: number, stepTo: number): void {
    for (let j = 0; j < n; j++, i += stepFrom, k += stepTo) target[k] = source[i]!
  }

const floats = specialised(rowLoop, undefined)
const others = specialised(rowLoop, undefined)

/** Copies a block of the given shape from one place to another; strides may be zero or negative. */
export function copy(shape: readonly number[], from: Place, to: Place): void {
  const walk = walkOf(shape, [from.strides, to.strides])
  const inner = walk.dims.length - 1
  const n = walk.dims[inner]!
  const [stepFrom, stepTo] = walk.steps.map(steps => steps[inner]!) as [number, number]
  const { values: source, offset } = from
  const { values: target, offset: start } = to
  const contiguous = stepFrom === 1 && stepTo === 1 && n > 64
  const row = (source instanceof Float64Array ? floats : others)()
  eachBlock(walk, 1, (a, b) => {
    const i = a + offset
    const k = b + start
    if (contiguous) target.set(source.subarray(i, i + n), k)
    else row(n, source, i, stepFrom, target, k, stepTo)
  })
}
