import { localLearningCoefficient } from '@dead-directions/llc'
import { wbicInverseTemperature } from '@dead-directions/selection-rule'
import type { KnownAnswer } from '../model.ts'
import { refused, type RoadContext, type RoadOutcome, STANDARD_ERRORS } from '../road.ts'
import { finiteMean } from './finite-mean.ts'
import { perceptronLandscape, polynomialLandscape } from './landscapes.ts'

const OBSERVATIONS = 1e5
const LOCALISATION = 1
const DRAWS = 8000
const QUICK_DRAWS = 2500
/** How far the mean at n observations may lie from λ, relative to it, where it cannot be integrated. */
const RELATIVE = 0.1

/**
 * The local learning coefficient of nK at n = 10⁵: chains on the expected loss, so that no noise of the data is in it.
 *
 * At n observations the mean that the chains sample is not λ yet. Its distance is integrated for a K of few variables; for
 * others the road claims 10 % and the leading `(m-1)/log(nβ)`.
 * Source: arXiv 2606.05957, rows B5 and F4.
 */
export async function llcRoad({ divergence, network, exact }: KnownAnswer, { seed, quick, signal, onProgress }: RoadContext): Promise<RoadOutcome> {
  if (divergence?.priorOrders.some(h => h > 0) === true) return refused('the chains sample a flat prior, and this one vanishes')
  const landscape = network !== null ? perceptronLandscape(network, OBSERVATIONS) : divergence !== null ? polynomialLandscape(divergence, OBSERVATIONS) : null
  if (landscape === null) return refused('the model is neither a network nor a polynomial')
  const draws = quick ? QUICK_DRAWS : DRAWS
  const result = await localLearningCoefficient(landscape, {
    sampler: 'sghmc',
    localisation: LOCALISATION,
    draws,
    seed,
    ...(signal === undefined ? {} : { signal }),
    onProgress: (done, total) => onProgress(done / total),
  })
  if (result.kind === 'refused') return refused(result.reason, result.passes)
  const { lambda, standardError, passes } = result
  const tempered = OBSERVATIONS * wbicInverseTemperature(OBSERVATIONS)
  const integrated = divergence === null || network !== null ? null : finiteMean(divergence, tempered, LOCALISATION)
  const finite = integrated === null ? RELATIVE * exact.lambda + (exact.multiplicity - 1) / Math.log(tempered) : Math.abs(integrated - exact.lambda)
  return { kind: 'reading', lambda, standardError, multiplicity: null, bar: STANDARD_ERRORS * standardError + finite, passes }
}
