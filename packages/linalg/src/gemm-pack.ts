import { copyRows } from './gemm-packed.ts'
import type { Operand } from './operand.ts'

/** `pack` of `assembly/gemm.ts` in plain TypeScript: panels of `width` lines from (line, step) on, missing lines zero. */
export function packPanels(to: Float64Array, width: number, from: Operand, line: number, lines: number, step: number, depth: number): void {
  const { data, lineStride, stepStride } = from
  const panels = Math.ceil(lines / width)
  to.fill(0, (panels - 1) * width * depth, panels * width * depth)
  for (let l = 0; l < lines; l++) {
    let source = from.offset + (line + l) * lineStride + step * stepStride
    let at = (l - (l % width)) * depth + (l % width)
    for (const end = at + width * depth; at < end; at += width, source += stepStride) to[at] = data[source]!
  }
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
