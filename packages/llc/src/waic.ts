import type { Matrix } from '@dead-directions/linalg'
import { functionalVariance } from '@dead-directions/selection-rule'

/** WAIC per observation and its two parts, in nats. */
export interface Waic {
  /** Estimate of the Bayes generalisation loss: `trainingLoss + V/n`. */
  readonly value: number
  /** `-(1/n) Σ_i log E_w p(x_i | w)`. */
  readonly trainingLoss: number
  /** `V = Σ_i Var_w log p(x_i | w)`. */
  readonly functionalVariance: number
}

/**
 * The widely applicable information criterion from draws of the posterior at β = 1.
 *
 * @param logLikelihoods draws × observations, in nats
 * @throws RangeError when there is no draw or an entry is not finite
 * @see Watanabe, "Asymptotic equivalence of Bayes cross validation and widely applicable information criterion", 2010.
 * @example
 * import { fromRows } from '@dead-directions/linalg'
 * import { waic } from '@dead-directions/llc'
 *
 * waic(fromRows([[-1, -2], [-1, -2]])).value // 1.5: the draws agree, so V = 0
 */
export function waic(logLikelihoods: Matrix): Waic {
  const { rows, cols, data } = logLikelihoods
  const variance = functionalVariance(logLikelihoods)
  let total = 0
  for (let i = 0; i < cols; i++) {
    const column = Float64Array.from({ length: rows }, (_, draw) => data[draw * cols + i]!)
    const largest = column.reduce((a, b) => Math.max(a, b), -Infinity)
    total -= largest + Math.log(column.reduce((sum, value) => sum + Math.exp(value - largest), 0) / rows)
  }
  return { value: (total + variance) / cols, trainingLoss: total / cols, functionalVariance: variance }
}
