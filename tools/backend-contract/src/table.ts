import Table from 'cli-table3'
import type { SuiteResult } from './contract.ts'

/** Backend × suite, with counts: passed of all, the furthest value and what is allowed. */
export function contractTable(results: readonly (SuiteResult & { readonly where: string })[]): string {
  const table = new Table({ head: ['where', 'backend', 'suite', 'passed', 'refused', 'furthest', 'allowed'], style: { head: [], border: [] } })
  for (const { where, backend, suite, passed, failures, refused, furthest, tolerance } of results) {
    table.push([where, backend, suite, `${passed}/${passed + failures.length}`, refused, furthest.toExponential(1), tolerance.toExponential(1)])
  }
  return table.toString()
}
