import { type Benchmark, type BenchmarkResult, benchmarks, describeMachine, type Machine, runBenchmark } from '@dead-directions/bench'
import { progressLine } from './progress.ts'

/** Which benchmarks to run, and how long. */
export interface AskedBenchmarks {
  /** Parts of names; none means every benchmark. */
  readonly names: readonly string[]
  readonly rounds: number | undefined
}

/** What was timed, and on what. */
export interface BenchmarkRun {
  readonly machine: Machine
  readonly results: readonly BenchmarkResult[]
}

/**
 * The benchmarks whose name contains one of the words; all without words.
 *
 * @throws RangeError for a word that no benchmark's name has
 */
export function chosenFrom(names: readonly string[]): readonly Benchmark[] {
  const unknown = names.find(word => !benchmarks.some(({ name }) => name.includes(word)))
  if (unknown !== undefined) throw new RangeError(`NAME: got ${JSON.stringify(unknown)}, expected part of one of ${benchmarks.map(({ name }) => name).join('; ')}`)
  return benchmarks.filter(({ name }) => names.length === 0 || names.some(word => name.includes(word)))
}

/**
 * Runs the benchmarks asked for, one after the other, with progress on standard error.
 *
 * @throws RangeError for a name that no benchmark has
 */
export async function benched({ names, rounds }: AskedBenchmarks): Promise<BenchmarkRun> {
  const chosen = chosenFrom(names)
  const progress = progressLine('benchmark')
  const results: BenchmarkResult[] = []
  try {
    for (const [done, benchmark] of chosen.entries()) {
      progress.update(done, chosen.length, benchmark.name)
      results.push(await runBenchmark(benchmark, rounds))
    }
  } finally {
    progress.stop()
  }
  return { machine: describeMachine(), results }
}
