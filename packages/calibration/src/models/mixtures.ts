import { crossing, smoothFibre } from '@dead-directions/selection-rule'
import { exactly, type KnownAnswer, onlyClosedForm } from '../model.ts'
import { monomials } from '../polynomial.ts'

/**
 * Two-component Gaussian mixtures of unit variance whose truth is one standard normal: with a free weight and mean of the
 * second component, `K` is `w² m²` times a positive function; with equal weights and both means free it is that of their
 * mean u and of `u² + v²`, v half their distance.
 *
 * @see arXiv 2606.05957, rows A4, B1(c) and B2; Aoyagi, "A Bayesian learning coefficient of generalization error and
 * Vandermonde matrix-type singularities", 2010.
 * @example
 * import { gaussianMixtures } from '@dead-directions/calibration'
 *
 * gaussianMixtures().map(({ exact }) => exact.lambdaFraction) // ['1/2', '3/4']
 */
export function gaussianMixtures(): readonly KnownAnswer[] {
  return [
    {
      name: 'mixture-weight-mean',
      family: 'mixture',
      title: 'mixture (1 - w) N(0, 1) + w N(m, 1), truth N(0, 1)',
      exact: exactly(crossing({ orders: [1, 1] })),
      divergence: monomials([[2, 2]], { names: 'wm' }),
      network: null,
      rule: onlyClosedForm,
    },
    {
      name: 'mixture-two-means',
      family: 'mixture',
      title: 'mixture ½ N(u + v, 1) + ½ N(u - v, 1), truth N(0, 1)',
      exact: exactly(smoothFibre({ orders: [2], regular: 1 })),
      divergence: {
        ...monomials([[2, 0]], { names: 'uv' }),
        squares: [[{ coefficient: 1, exponents: [2, 0] }, { coefficient: 1, exponents: [0, 2] }]],
      },
      network: null,
      rule: onlyClosedForm,
    },
  ]
}
