import type { Matrix } from '@dead-directions/linalg'
import type { NetworkDescription, TensorData } from '@dead-directions/registry'
import type { Invariants } from '@dead-directions/selection-rule'
import type { PolynomialDivergence } from './polynomial.ts'

/** λ and m as a closed form or a cited constant gives them. */
export interface Exact {
  readonly lambda: number
  /** λ exactly, as `p/q` in lowest terms or as an integer. */
  readonly lambdaFraction: string
  readonly multiplicity: number
  /** The closed form or publication it comes from. */
  readonly source: string
}

/** A network, the weights at which it is true and singular, and weights beside them as training leaves them. */
export interface NetworkTruth {
  readonly description: NetworkDescription
  /** By full name. */
  readonly truth: Readonly<Record<string, TensorData>>
  readonly nearby: Readonly<Record<string, TensorData>>
  /** `[samples, in]`; the data's inputs are drawn from these rows. */
  readonly inputs: Matrix
}

/** What a rule that knows nothing of the exact value says of the model, with its error. */
export interface RuleReading extends Pick<Invariants, 'lambda' | 'multiplicity' | 'rule'> {
  readonly standardError: number
}

/** A model whose λ and m are known exactly, with all that a road to them needs. */
export interface KnownAnswer {
  /** Unique and without spaces, its family first: `rrr-4-3-4-1`. */
  readonly name: string
  readonly family: string
  /** The model in words. */
  readonly title: string
  readonly exact: Exact
  /** Null where K is no polynomial, or one of too many variables to be written out. */
  readonly divergence: PolynomialDivergence | null
  readonly network: NetworkTruth | null
  /** A second derivation by the rules of rows B1, B2, B3 or B7, or why there is none. */
  readonly rule: (() => RuleReading) | { readonly missing: string }
}

export function exactly({ lambda, lambdaFraction, multiplicity, rule }: Invariants): Exact {
  return { lambda, lambdaFraction, multiplicity, source: rule }
}

export function secondRule({ lambda, multiplicity, rule }: Invariants): RuleReading {
  return { lambda, multiplicity, rule, standardError: 0 }
}

/** The reason of a model whose exact value is itself the only closed form. */
export const onlyClosedForm = { missing: 'the exact value is the only closed form known for this model' } as const
