/** Prints closed-form invariants, as JSON or as a line each. */
export function printInvariants(
  invariants: { readonly lambda: number; readonly lambdaFraction?: string; readonly multiplicity: number; readonly nu: number | null; readonly rule: string },
  json: boolean,
  more: Readonly<Record<string, number>> = {},
): void {
  const { lambda, lambdaFraction, multiplicity, nu, rule } = invariants
  if (json) {
    process.stdout.write(`${JSON.stringify({ lambda, ...(lambdaFraction === undefined ? {} : { lambdaFraction }), multiplicity, nu, rule, ...more })}\n`)
    return
  }
  const fraction = lambdaFraction === undefined || !lambdaFraction.includes('/') ? '' : ` = ${lambdaFraction}`
  const lines = [`λ  ${lambda}${fraction}`, `m  ${multiplicity}`, `ν  ${nu ?? 'no closed form'}`, `   ${rule}`]
  process.stdout.write(`${lines.join('\n')}\n`)
}
