import { copyRows } from './gemm-packed.ts'
import type { Operand } from './operand.ts'

/** `pack` of `assembly/gemm.ts` in plain TypeScript: panels of `width` (4 or 5) lines from (line, step) on, missing lines zero. */
export function packPanels(to: Float64Array, width: number, from: Operand, line: number, lines: number, step: number, depth: number): void {
  const { data, lineStride, stepStride } = from
  const start = from.offset + line * lineStride + step * stepStride
  // Where lines are side by side, all panels take a few steps at a time, which stay in the cache.
  const some = lineStride < stepStride ? 16 : depth
  for (let p = 0; p < depth; p += some)
    for (let l = 0; l < lines; l += width) {
      const pack = l + width <= lines ? packPanel : packLast
      pack(to, l * depth + p * width, width, data, start + l * lineStride + p * stepStride, lines - l, Math.min(some, depth - p), lineStride, stepStride)
    }
}

function packPanel(to: Float64Array, at: number, width: number, data: Float64Array, source: number, _: number, depth: number, lineStride: number, stepStride: number): void {
  for (const end = at + width * depth; at < end; at += width, source += stepStride) {
    to[at] = data[source]!
    to[at + 1] = data[source + lineStride]!
    to[at + 2] = data[source + 2 * lineStride]!
    to[at + 3] = data[source + 3 * lineStride]!
    if (width === 5) to[at + 4] = data[source + 4 * lineStride]!
  }
}

function packLast(to: Float64Array, at: number, width: number, data: Float64Array, source: number, lines: number, depth: number, lineStride: number, stepStride: number): void {
  for (const end = at + width * depth; at < end; at += width, source += stepStride)
    for (let l = 0; l < width; l++) to[at + l] = l < lines ? data[source + l * lineStride]! : 0
}

/** The strides of what {@link stage} has written. */
export interface Staged {
  readonly lineStride: number
  readonly stepStride: number
}

/** Copies `lines` × `depth` entries from (line, step) on close together, in whole rows where they lie in rows. */
export function stage(to: Float64Array, from: Operand, line: number, lines: number, step: number, depth: number): Staged {
  const { data, lineStride, stepStride } = from
  const start = from.offset + line * lineStride + step * stepStride
  if (lineStride === 1) {
    copyRows(data, start, stepStride, to, 0, lines, depth, lines)
    return { lineStride: 1, stepStride: lines }
  }
  if (stepStride === 1) copyRows(data, start, lineStride, to, 0, depth, lines, depth)
  else
    for (let l = 0, at = 0; l < lines; l++)
      for (let p = 0, source = start + l * lineStride; p < depth; p++, source += stepStride) to[at++] = data[source]!
  return { lineStride: depth, stepStride: 1 }
}
