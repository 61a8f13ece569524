import { type Rational, toNumber, toText } from './rational.ts'

/** Watanabe's invariants of a singularity, with the rule that gave them. */
export interface Invariants {
  /** The real log canonical threshold λ. */
  readonly lambda: number
  /** λ exactly, as `p/q` in lowest terms or as an integer. */
  readonly lambdaFraction: string
  /** The multiplicity m of the pole at -λ. */
  readonly multiplicity: number
  /** The leading-order singular fluctuation ν, or null where no rule gives it. */
  readonly nu: number | null
  /** The rule that applied, such as `B1(c) smooth fibre`. */
  readonly rule: string
}

export function invariants(lambda: Rational, multiplicity: number, nu: number | null, rule: string): Invariants {
  return { lambda: toNumber(lambda), lambdaFraction: toText(lambda), multiplicity, nu, rule }
}
