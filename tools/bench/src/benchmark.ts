import { interleave } from './interleave.ts'
import type { Timing } from './interleave.ts'

/** One comparison; each file of benchmarks exports one, listed in `benchmarks.ts`. */
export interface Benchmark {
  readonly name: string
  /** the candidate the others are compared with */
  readonly reference: string
  readonly rounds: number
  /** the candidates by name; one that this machine lacks is a word saying so, such as "not installed" */
  readonly prepare: () => Promise<Readonly<Record<string, (() => void) | string>>>
  /** what stands beside a candidate, such as its accuracy */
  readonly notes?: () => Readonly<Record<string, string>>
}

export interface BenchmarkResult {
  readonly name: string
  readonly reference: string
  readonly rounds: number
  readonly rows: readonly Row[]
}

/** A timed candidate or the reason why there is no time. */
export type Row = (Timing | { readonly candidate: string; readonly absent: string }) & { readonly note?: string }

/** Runs one benchmark; the rows keep the order of its candidates. */
export async function runBenchmark(benchmark: Benchmark, rounds: number = benchmark.rounds): Promise<BenchmarkResult> {
  const { name, reference, prepare, notes } = benchmark
  const prepared = Object.entries(await prepare())
  const runnable = prepared.filter((entry): entry is [string, () => void] => typeof entry[1] !== 'string')
  const timings = interleave(Object.fromEntries(runnable), { rounds, reference })
  const beside = notes?.() ?? {}
  const rows = prepared.map(([candidate, value]): Row => {
    const note = beside[candidate]
    const timing = timings.find(row => row.candidate === candidate)
    return { ...(timing ?? { candidate, absent: String(value) }), ...(note === undefined ? {} : { note }) }
  })
  return { name, reference, rounds, rows }
}
