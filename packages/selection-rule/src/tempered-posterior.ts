import type { Matrix } from '@dead-directions/linalg'
import { integer } from './integer-fields.ts'
import type { Invariants } from './invariants.ts'

/** The sample and temperature at which a free energy is asked for. */
export interface Tempering {
  /** Number of observations. */
  readonly n: number
  /** Inverse temperature; 1 is Bayes. */
  readonly beta: number
  /** Empirical loss per observation at the optimum, in nats. */
  readonly lossAtOptimum: number
}

/**
 * The asymptotic free energy of the tempered posterior, `n β L_n + λ log(nβ) - (m-1) log log(nβ)`, up to a constant.
 *
 * λ and m do not depend on β. The result is in nats.
 *
 * @throws RangeError when `n` is not a positive integer, β or λ not positive, m not a positive integer, or `nβ ≤ 1`, where
 * the asymptotics say nothing.
 * @see arXiv 2606.05957, row B5.
 * @example
 * import { crossing, freeEnergy } from '@dead-directions/selection-rule'
 *
 * freeEnergy(crossing({ orders: [1, 1] }), { n: 1000, beta: 1, lossAtOptimum: 0 }) // ½ log 1000 - log log 1000
 */
export function freeEnergy({ lambda, multiplicity }: Pick<Invariants, 'lambda' | 'multiplicity'>, { n, beta, lossAtOptimum }: Tempering): number {
  positive('lambda', lambda)
  integer('multiplicity', multiplicity, 1)
  integer('n', n, 1)
  positive('beta', beta)
  if (!Number.isFinite(lossAtOptimum)) throw new RangeError(`lossAtOptimum: got ${String(lossAtOptimum)}, expected a finite number`)
  const size = n * beta
  if (size <= 1) throw new RangeError(`n: got n times beta of ${size}, expected more than 1`)
  const logarithm = Math.log(size)
  return size * lossAtOptimum + lambda * logarithm - (multiplicity === 1 ? 0 : (multiplicity - 1) * Math.log(logarithm))
}

/**
 * The expected Bayes generalisation loss beyond the optimum's at β = 1, `λ/n` to leading order, in nats.
 *
 * @param n number of observations
 * @throws RangeError when λ is not positive or `n` is not a positive integer.
 * @see arXiv 2606.05957, row B5; Watanabe, Algebraic Geometry and Statistical Learning Theory, 2009.
 * @example
 * import { expectedGeneralisationLoss, smoothFibre } from '@dead-directions/selection-rule'
 *
 * expectedGeneralisationLoss(smoothFibre({ orders: [2], regular: 1 }).lambda, 300) // 0.0025
 */
export function expectedGeneralisationLoss(lambda: number, n: number): number {
  return positive('lambda', lambda) / integer('n', n, 1)
}

/** What λ and m say of a tempered posterior; see {@link posteriorPredictions}. */
export interface PosteriorPredictions {
  readonly beta: number
  /** Limit `λ/β` of the posterior mean of `n K`, in nats. */
  readonly expectedDivergence: number
  /** Number n of observations, null where none is given. */
  readonly observations: number | null
  /** `λ log(nβ) - (m-1) log log(nβ)`, the free energy beyond `nβ L_n`, in nats up to a constant; null without n. */
  readonly freeEnergy: number | null
  /** Expected Bayes generalisation loss beyond the optimum's, `λ/n` in nats; null without n, and for β other than 1. */
  readonly generalisationLoss: number | null
}

/**
 * What λ and m say of the posterior at inverse temperature β and of n observations: the mean divergence `λ/β`, the
 * free energy and the learning curve. Beyond β = 1 the generalisation loss needs the fluctuation at β and is null.
 *
 * @throws RangeError when β or λ is not positive, n not a positive integer, or `nβ ≤ 1`.
 * @see arXiv 2606.05957, row B5; Watanabe, Algebraic Geometry and Statistical Learning Theory, 2009.
 * @example
 * import { posteriorPredictions, smoothFibre } from '@dead-directions/selection-rule'
 *
 * posteriorPredictions(smoothFibre({ orders: [2], regular: 1 }), { beta: 0.5 }).expectedDivergence // 1.5
 */
export function posteriorPredictions(
  invariants: Pick<Invariants, 'lambda' | 'multiplicity'>,
  { beta = 1, observations }: { readonly beta?: number; readonly observations?: number } = {},
): PosteriorPredictions {
  const expectedDivergence = positive('lambda', invariants.lambda) / positive('beta', beta)
  if (observations === undefined) return { beta, expectedDivergence, observations: null, freeEnergy: null, generalisationLoss: null }
  return {
    beta,
    expectedDivergence,
    observations,
    freeEnergy: freeEnergy(invariants, { n: observations, beta, lossAtOptimum: 0 }),
    generalisationLoss: beta === 1 ? expectedGeneralisationLoss(invariants.lambda, observations) : null,
  }
}

/**
 * The inverse temperature `1/log n` at which the mean loss of the tempered posterior estimates the free energy (WBIC).
 *
 * @param n number of observations, at least 2
 * @throws RangeError when `n` is not such an integer.
 * @see Watanabe, "A widely applicable Bayesian information criterion", 2013.
 * @example
 * import { wbicInverseTemperature } from '@dead-directions/selection-rule'
 *
 * wbicInverseTemperature(1000) // 0.1447…
 */
export function wbicInverseTemperature(n: number): number {
  return 1 / Math.log(integer('n', n, 2))
}

/**
 * The functional variance `Σ_i Var_w log p(x_i | w)` of WAIC, from draws of the posterior.
 *
 * @param logLikelihoods draws × observations, in nats; the variance is the mean over the draws, without correction
 * @throws RangeError when there is no draw or an entry is not finite.
 * @see Watanabe, "Asymptotic equivalence of Bayes cross validation and widely applicable information criterion", 2010.
 * @example
 * import { fromRows } from '@dead-directions/linalg'
 * import { functionalVariance } from '@dead-directions/selection-rule'
 *
 * functionalVariance(fromRows([[-1, -2], [-3, -2]])) // 1
 */
export function functionalVariance({ rows, cols, data }: Matrix): number {
  if (rows === 0) throw new RangeError('logLikelihoods: got 0 draws, expected at least 1')
  const wrong = data.findIndex(value => !Number.isFinite(value))
  if (wrong >= 0) throw new RangeError(`logLikelihoods[${Math.floor(wrong / cols)}][${wrong % cols}]: got ${data[wrong]}, expected a finite number`)
  let total = 0
  for (let i = 0; i < cols; i++) {
    const column = Float64Array.from({ length: rows }, (_, draw) => data[draw * cols + i]!)
    const mean = column.reduce((sum, value) => sum + value, 0) / rows
    total += column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows
  }
  return total
}

function positive(field: string, value: number): number {
  if (value > 0 && value < Infinity) return value
  throw new RangeError(`${field}: got ${String(value)}, expected a positive number`)
}
