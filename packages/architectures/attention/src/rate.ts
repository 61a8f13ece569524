import type { RateRule } from '@dead-directions/registry'
import { attentionSizes, type AttentionSpec } from './spec.ts'

/**
 * The value and the output map bring one factor of the approach parameter each, in both directions; the coefficient is a mean
 * under the attention weights. Living gradients reach the dead input through the scores too, in proportion to it and to the
 * dead query and key, `t²`: from inputs with two positions on, where the dead channel's head has a living one to steer.
 * Source: arXiv 2606.05957, row C8.
 */
export function rate(spec: AttentionSpec): RateRule {
  const { width, headWidth } = attentionSizes(spec)
  const twoFactors = { rate: 2, coefficient: null }
  return {
    forward: twoFactors,
    backward: twoFactors,
    composition: width > 1 && headWidth > 1 ? { kind: 'routes', throughInput: twoFactors } : { kind: 'additive' },
  }
}
