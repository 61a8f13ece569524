import { fixed } from './number-text.ts'
import { type Posterior, posteriorLines } from './posterior.ts'

/** Closed-form invariants of a model. */
export interface PrintedInvariants {
  readonly lambda: number
  /** λ as a fraction, or a whole number. */
  readonly lambdaFraction?: string
  readonly multiplicity: number
  readonly nu: number | null
  readonly rule: string
}

/** Prints closed-form invariants, as JSON or as a line each, and what they predict where that was asked for. */
export function printInvariants(invariants: PrintedInvariants, json: boolean, posterior: Posterior | null, more: Readonly<Record<string, number>> = {}): void {
  const { lambda, lambdaFraction, multiplicity, nu, rule } = invariants
  if (json) {
    process.stdout.write(`${JSON.stringify({ lambda, ...(lambdaFraction === undefined ? {} : { lambdaFraction }), multiplicity, nu, rule, ...more, ...(posterior === null ? {} : { posterior }) })}\n`)
    return
  }
  const fraction = lambdaFraction?.includes('/') === true ? ` = ${lambdaFraction}` : ''
  const lines = [`λ  ${Number(fixed(lambda, 10))}${fraction}`, `m  ${multiplicity}`, `ν  ${nu ?? 'no closed form'}`, `   ${rule}`, ...(posterior === null ? [] : posteriorLines(posterior).map(line => `   ${line}`))]
  process.stdout.write(`${lines.join('\n')}\n`)
}
