import type { Backend } from '@dead-directions/registry'
import { type ContractCase, type Difference, difference } from './contract-case.ts'
import { tolerance } from './tolerance.ts'

/** One suite on one backend. */
export interface SuiteResult {
  readonly backend: string
  readonly suite: string
  readonly passed: number
  /** One line for each case that failed. */
  readonly failures: readonly string[]
  /** Readings that the reference gives and the backend refuses: below its floor. */
  readonly refused: number
  readonly furthest: number
  readonly tolerance: number
}

/** The reference's numbers, in the cases' order. */
export async function referenceValues(cases: readonly ContractCase[], reference: Backend): Promise<readonly Float64Array[]> {
  await reference.install()
  return computed(cases, reference)
}

/**
 * Every case on one backend: against the reference within the stated tolerance, and twice with the same bits.
 *
 * @param expected what {@link referenceValues} gave
 */
export async function runContract(cases: readonly ContractCase[], expected: readonly Float64Array[], backend: Backend): Promise<readonly SuiteResult[]> {
  await backend.install()
  const once = await computed(cases, backend)
  const again = await computed(cases, backend)
  const suites = [...new Set(cases.map(({ suite }) => suite))]
  return suites.map(suite => {
    const allowed = tolerance(backend, suite)
    const own = cases.flatMap((one, i) => (one.suite === suite ? [judged(one, [once[i], again[i], expected[i]] as Results, allowed)] : []))
    return {
      backend: backend.name,
      suite,
      passed: own.filter(({ failure }) => failure === null).length,
      failures: own.flatMap(({ failure }) => (failure === null ? [] : [failure])),
      refused: own.reduce((total, { refused }) => total + refused, 0),
      furthest: Math.max(...own.map(({ furthest }) => furthest)),
      tolerance: allowed,
    }
  })
}

type Results = readonly [once: Float64Array, again: Float64Array, expected: Float64Array]

function judged({ name, measure }: ContractCase, [once, again, expected]: Results, allowed: number): Difference & { readonly failure: string | null } {
  const found = difference(once, expected, measure)
  const same = once.length === again.length && once.every((value, i) => Object.is(value, again[i]))
  if (!same) return { ...found, failure: `${name}: the second run gave other bits` }
  return { ...found, failure: found.furthest <= allowed ? null : `${name}: ${found.furthest.toExponential(1)} from the reference, expected at most ${allowed.toExponential(1)}` }
}


async function computed(cases: readonly ContractCase[], backend: Backend): Promise<readonly Float64Array[]> {
  const results: Float64Array[] = []
  for (const one of cases) results.push(await one.compute(backend))
  return results
}
