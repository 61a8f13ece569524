import type { RateRule } from '@dead-directions/registry'
import type { TransformerBlockSpec } from './spec.ts'

/**
 * The stream carries the dead channel past both branches, whose own part in it is `t²` and more: rate 0 at every depth.
 *
 * What a layer normalisation leaks decides the rest. On the stream (post) and behind a branch (peri) its leak of order zero
 * reaches the dead output, and the gradient at the dead input: both forget what stands before and behind. Before a branch (pre)
 * it is damped to `t²` by the branch's dead maps, so that a dead input passes up to that rate, while the living gradients still
 * reach the dead input at order zero.
 *
 * A root-mean-square normalisation lets living gradients reach the dead input in proportion to it, and nothing leaks forward.
 * Source: arXiv 2606.05957, rows C7 and C8.
 */
export function rate({ norm, placement }: TransformerBlockSpec): RateRule {
  if (norm === 'layernorm' && placement !== 'pre') {
    const leak = { rate: 0, coefficient: null }
    return { forward: leak, backward: leak, composition: { kind: 'reset' } }
  }
  if (norm === 'layernorm') {
    const stream = { rate: 0, coefficient: 1 }
    return { forward: stream, backward: stream, composition: { kind: 'capped', offset: { rate: 2, coefficient: null }, floor: { rate: 0, coefficient: null } } }
  }
  const stream = { rate: 0, coefficient: placement === 'post' ? null : 1 }
  return { forward: stream, backward: stream, composition: { kind: 'routes', throughInput: { rate: 0, coefficient: null } } }
}
