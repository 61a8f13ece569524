/** A number with a fixed count of decimals, where what rounds to zero has no sign. */
export function fixed(value: number, decimals: number): string {
  const text = value.toFixed(decimals)
  return Number(text) === 0 ? (0).toFixed(decimals) : text
}

/** A positive size in two digits, with an exponent where it is small. */
export function size(value: number): string {
  return value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential(1) : value.toPrecision(2)
}

/** A value and its standard error, the error with an exponent where three decimals would show nothing of it. */
export function withError(value: number, standardError: number): string {
  const error = standardError < 1e-9 ? '<1e-9' : standardError < 5e-4 ? standardError.toExponential(0) : standardError.toFixed(3)
  return `${fixed(value, 3)} ± ${error}`
}
