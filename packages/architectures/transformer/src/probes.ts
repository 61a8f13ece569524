import type { NodeDescription, ProbeStudy } from '@dead-directions/registry'
import type { TransformerBlockSpec } from './spec.ts'

const positions = 3

/**
 * Two blocks with a linear map below and two above, so that what passes, what is forgotten and what takes the shorter route
 * tell apart; and three below where branches start with a layer normalisation, whose leak of `t²` then hides the dead input.
 * Source: arXiv 2606.05957, rows C7 and C8.
 */
export function probes(width: number): readonly ProbeStudy[] {
  const kinds = [
    ['layernorm', 'pre', 'mlp'],
    ['layernorm', 'post', 'mlp'],
    ['layernorm', 'peri', 'mlp'],
    ['rmsnorm', 'pre', 'swiglu'],
    ['rmsnorm', 'post', 'mlp'],
    ['rmsnorm', 'peri', 'swiglu'],
  ] as const
  return kinds.map(([norm, placement, feedforward]) => {
    const below = norm === 'layernorm' && placement === 'pre' ? 3 : 1
    return {
      title: `${below} linear, two ${placement}-norm blocks (${norm}, ${feedforward}), 2 linear`,
      network: stack({ width, hidden: width, norm, placement, feedforward }, below),
    }
  })
}

function stack(spec: TransformerBlockSpec, below: number): ProbeStudy['network'] {
  const { width } = spec
  const linear = ['linear', { in: width, out: width }] as const
  const block = ['transformer-block', { ...spec }] as const
  const nodes = [...Array<typeof linear>(below).fill(linear), block, block, linear, linear].map(([primitive, own], i): NodeDescription => {
    return { name: `node${i + 1}`, primitive, spec: own, inputs: [i === 0 ? 'input' : `node${i}`] }
  })
  return { input: [positions, width], nodes, output: `node${nodes.length}`, likelihood: 'gaussian' }
}
