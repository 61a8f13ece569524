import { grow, type Growth, type GrowthResult } from './growth.ts'
import { interleave } from './interleave.ts'
import type { Timing } from './interleave.ts'

/** What `bench` runs; each file of benchmarks exports one, listed in `benchmarks.ts`. */
export type Benchmark = Comparison | Measurement | Growth

/** Candidates that are timed in turn. */
export interface Comparison {
  readonly name: string
  /** the candidate the others are compared with; where it is absent, the first that is there */
  readonly reference: string
  readonly rounds: number
  /** the candidates by name; one that this machine lacks is a word saying so, such as "not installed" */
  readonly prepare: () => Promise<Readonly<Record<string, (() => void) | string>>>
  /** what stands beside a candidate, such as its accuracy */
  readonly notes?: () => Promise<Readonly<Record<string, string>>>
}

/** Quantities of one piece of work that is too long to repeat. */
export interface Measurement {
  readonly name: string
  readonly measure: () => Promise<readonly (Quantity | Remark)[]>
}

/** One measured number; a count has no unit. */
export interface Quantity {
  readonly quantity: string
  readonly value: number
  readonly unit: string
}

/** What is known of a quantity in place of a number, such as "not installed". */
export interface Remark {
  readonly quantity: string
  readonly remark: string
}

export type BenchmarkResult = ComparisonResult | MeasurementResult | GrowthResult

export interface MeasurementResult {
  readonly name: string
  readonly quantities: readonly (Quantity | Remark)[]
}

export interface ComparisonResult {
  readonly name: string
  readonly reference: string
  readonly rounds: number
  readonly rows: readonly Row[]
}

/** A timed candidate or the reason why there is no time. */
export type Row = (Timing | { readonly candidate: string; readonly absent: string }) & { readonly note?: string }

/**
 * Runs one benchmark.
 *
 * @param rounds in place of a comparison's or a growth's own
 * @throws RangeError when no candidate is there, or no round is asked for
 * @example
 * import { formatTable, runBenchmark } from '@dead-directions/bench'
 *
 * const numbers = Float64Array.of(3, 1, 2)
 * const prepare = async () => ({ sort: () => void numbers.slice().sort(), sum: () => void numbers.reduce((a, b) => a + b, 0) })
 * console.log(formatTable(await runBenchmark({ name: 'three numbers', reference: 'sort', rounds: 3, prepare })))
 */
export async function runBenchmark(benchmark: Benchmark, rounds?: number): Promise<BenchmarkResult> {
  if ('measure' in benchmark) return { name: benchmark.name, quantities: await benchmark.measure() }
  return 'series' in benchmark ? grow(benchmark, rounds) : compare(benchmark, rounds)
}

/** Times the candidates; the rows keep their order. */
async function compare(comparison: Comparison, rounds: number = comparison.rounds): Promise<ComparisonResult> {
  const { name, prepare, notes } = comparison
  const prepared = Object.entries(await prepare())
  const runnable = prepared.filter((entry): entry is [string, () => void] => typeof entry[1] !== 'string')
  const reference = runnable.some(([candidate]) => candidate === comparison.reference) ? comparison.reference : (runnable[0]?.[0] ?? comparison.reference)
  const timings = interleave(Object.fromEntries(runnable), { rounds, reference })
  const beside = (await notes?.()) ?? {}
  const rows = prepared.map(([candidate, value]): Row => {
    const note = beside[candidate]
    const timing = timings.find(row => row.candidate === candidate)
    return { ...(timing ?? { candidate, absent: String(value) }), ...(note === undefined ? {} : { note }) }
  })
  return { name, reference, rounds, rows }
}
