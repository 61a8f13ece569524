/** An exact fraction in lowest terms with a positive denominator. */
export interface Rational {
  readonly numerator: bigint
  readonly denominator: bigint
}

export function ratio(numerator: number | bigint, denominator: number | bigint = 1n): Rational {
  const [p, q] = [BigInt(numerator), BigInt(denominator)]
  const divisor = greatestCommonDivisor(p < 0n ? -p : p, q)
  return { numerator: p / divisor, denominator: q / divisor }
}

export function add(a: Rational, b: Rational): Rational {
  return ratio(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
}

/** Negative, zero or positive as `a` is below, equal to or above `b`. */
export function compare(a: Rational, b: Rational): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

export function toNumber({ numerator, denominator }: Rational): number {
  return Number(numerator) / Number(denominator)
}

/** `19/2`, or `6` when the denominator is one. */
export function toText({ numerator, denominator }: Rational): string {
  return denominator === 1n ? `${numerator}` : `${numerator}/${denominator}`
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b]
  return a
}
