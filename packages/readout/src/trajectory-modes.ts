import { type Matrix, svd } from '@dead-directions/linalg'

/** A singular triple of one weight. */
export interface Mode {
  readonly value: number
  /** Left singular vector, over the outputs. */
  readonly output: Float64Array
  /** Right singular vector, over the inputs. */
  readonly input: Float64Array
  /** Largest singular value of the same weight, to which rounding is relative. */
  readonly largest: number
}

/**
 * The singular triple that shrinks most along a trajectory of one weight: every triple of the last matrix is followed backwards
 * by the overlap of both its vectors, and the one that ends smallest relative to its largest value is taken.
 *
 * @param weights the same matrix at successive times
 * @returns its triple at every time; of a weight that is zero throughout, one of its zeros
 */
export function shrinkingMode(weights: readonly Matrix[]): readonly Mode[] {
  const triples = weights.map(modesOf)
  const tracks = (triples.at(-1) ?? []).map(last => followed(last, triples))
  const shrinkage = (track: readonly Mode[]): number => (track.at(-1) as Mode).value / Math.max(...track.map(({ value }) => value))
  const alive = tracks.filter(track => Math.max(...track.map(({ value }) => value)) > 0)
  return alive.reduce((best, track) => (shrinkage(track) < shrinkage(best) ? track : best), alive[0] ?? tracks[0] ?? [])
}

function modesOf(weight: Matrix): readonly Mode[] {
  const { u, s, v } = svd(weight)
  const column = ({ rows, cols, data }: Matrix, j: number): Float64Array => Float64Array.from({ length: rows }, (_, i) => data[i * cols + j] as number)
  return Array.from(s, (value, j) => ({ value, output: column(u, j), input: column(v, j), largest: s[0] as number }))
}

function followed(last: Mode, triples: readonly (readonly Mode[])[]): readonly Mode[] {
  const track = [last]
  for (let at = triples.length - 2; at >= 0; at--) {
    const next = track[0] as Mode
    const overlap = (mode: Mode): number => Math.abs(inner(mode.output, next.output) * inner(mode.input, next.input))
    track.unshift((triples[at] as readonly Mode[]).reduce((best, mode) => (overlap(mode) > overlap(best) ? mode : best)))
  }
  return track
}

function inner(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, x, i) => sum + x * (b[i] as number), 0)
}
