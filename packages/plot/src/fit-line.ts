import type { LogInterval } from './decades.ts'

/** A fitted leading rate, `value ≈ coefficient · t^rate` inside `window`. */
export interface FittedRate {
  rate: number
  standardError: number
  coefficient: number
  /** Smallest and largest `t` of the fit. */
  window: readonly [number, number]
}

/** A power law as a straight line in log–log coordinates: `y = height + slope · x`. */
export interface LogLine {
  slope: number
  height: number
  window: LogInterval
}

/** A segment in log–log coordinates. */
export interface Segment {
  x1: number
  y1: number
  x2: number
  y2: number
}

/**
 * The log–log line of a fit, or `undefined` when its coefficient or rate cannot be drawn.
 *
 * @throws RangeError when the window is not an increasing pair of positive numbers.
 */
export const logLine = (field: string, { rate, coefficient, window: [start, end] }: FittedRate): LogLine | undefined => {
  if (!(start > 0 && end > start && Number.isFinite(end)))
    throw new RangeError(`${field}.window: got [${start}, ${end}], expected two increasing positive numbers`)
  if (!(coefficient > 0) || !Number.isFinite(coefficient) || !Number.isFinite(rate)) return undefined
  return { slope: rate, height: Math.log10(coefficient), window: [Math.log10(start), Math.log10(end)] }
}

/** Height of a log–log line at `x`. */
export const heightAt = ({ slope, height }: LogLine, x: number): number => height + slope * x

/** The part of a line between `from` and `to` that lies inside the picture, or `undefined` when none does. */
export const clippedSegment = (line: LogLine, [from, to]: LogInterval, [bottom, top]: LogInterval): Segment | undefined => {
  let [start, end] = [from, to]
  if (line.slope !== 0) {
    const crossings = [(bottom - line.height) / line.slope, (top - line.height) / line.slope].sort((a, b) => a - b)
    start = Math.max(start, crossings[0] ?? start)
    end = Math.min(end, crossings[1] ?? end)
  } else if (line.height < bottom || line.height > top) return undefined
  return start < end ? { x1: start, y1: heightAt(line, start), x2: end, y2: heightAt(line, end) } : undefined
}

/** Segments of a fitted line: `inside` its window, `outside` it up to the picture's edges. */
export const fitSegments = (line: LogLine, x: LogInterval, y: LogInterval): { inside: Segment[]; outside: Segment[] } => {
  const [start, end] = line.window
  const clip = (from: number, to: number): Segment[] => {
    const segment = clippedSegment(line, [Math.max(from, x[0]), Math.min(to, x[1])], y)
    return segment === undefined ? [] : [segment]
  }
  return { inside: clip(start, end), outside: [...clip(x[0], start), ...clip(end, x[1])] }
}
