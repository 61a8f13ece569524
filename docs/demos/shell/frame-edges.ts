import type { Canvas } from './reading.ts'

/** Left and right end of a chart's frame, in its own pixels: the room that the charts of `packages/plot` leave for their axes. */
export function frameEdges({ width }: Canvas): { readonly left: number; readonly right: number } {
  return { left: 58, right: width - 14 }
}
