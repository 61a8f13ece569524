import { formatTable } from '@dead-directions/bench'
import type { BenchmarkRun } from '../benched.ts'

/** The machine in one line, then a table for every benchmark. */
export function benchText({ machine: { cpu, cores, platform, node }, results }: BenchmarkRun): string {
  return [`${cpu}, ${cores} cores, ${platform}, Node ${node}`, ...results.map(formatTable)].join('\n\n')
}
