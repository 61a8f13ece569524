import { linear } from '@dead-directions/arch-linear'
import { nodeBackend } from '@dead-directions/backend-node'
import { conformance, registerConformanceTest } from '@dead-directions/conformance'
import { type Architecture, checked, createRegistry } from '@dead-directions/registry'
import { beforeAll, describe, expect, test } from 'vitest'
import { canonicalApproach } from './approach.ts'
import { depthwiseConvolution } from './depthwise-convolution.ts'
import { gauges } from './gauges.ts'
import { type DepthwiseConvolutionSpec, depthwiseConvolutionSpec } from './spec.ts'

beforeAll(() => nodeBackend.install())

registerConformanceTest(test, depthwiseConvolution, createRegistry().use(linear))

test.each([
  [{ width: 4 }, 'spec.kernel: got nothing'],
  [{ width: 4, kernel: 0 }, 'spec.kernel: got 0'],
  [{ width: 1.5, kernel: 2 }, 'spec.width: got 1.5'],
])('refuses %j', (spec, message) => {
  expect(() => checked(depthwiseConvolutionSpec, spec, 'spec')).toThrow(message)
})

test('takes positions of features and nothing else', () => {
  expect(depthwiseConvolution.outputShape({ width: 4, kernel: 3 }, [[7, 4]])).toEqual([7, 4])
  expect(() => depthwiseConvolution.outputShape({ width: 4, kernel: 3 }, [[4]])).toThrow('depthwise-convolution.inputs: got [[4]], expected one input of positions with 4 features')
})

describe('the rate is that of the channel, not of the kernel', () => {
  const variant = (rate: number): Architecture<DepthwiseConvolutionSpec> => ({
    ...depthwiseConvolution,
    rate: () => ({ forward: { rate, coefficient: null }, backward: { rate, coefficient: null }, composition: { kind: 'additive' } }),
    canonicalApproach: (spec, t) => {
      const { 'depthwise.weight': depthwise, ...others } = canonicalApproach(spec, t)
      if (depthwise === undefined) throw new RangeError('depthwise.weight: got nothing, expected a kernel')
      const { shape, data } = depthwise
      // The first tap's size on every tap, falling off.
      return { ...others, 'depthwise.weight': { shape, data: data.map((_, i) => (data[i - (i % spec.kernel)] as number) / (1 + (i % spec.kernel))) } }
    },
  })
  registerConformanceTest(test, variant(2) as Architecture, createRegistry().use(linear))
})

describe('what the measurement says to an author who is wrong', () => {
  async function failures(wrong: Partial<Architecture<DepthwiseConvolutionSpec>>): Promise<string> {
    const plugin = { ...depthwiseConvolution, probes: () => [], ...wrong } as Architecture
    const { checks } = await conformance(plugin, createRegistry().use(linear))
    return checks.flatMap(({ name, failure }) => (failure === null ? [] : [`${name}: ${failure}`])).join('\n')
  }

  test('one factor of t forgotten', async () => {
    const rule = depthwiseConvolution.rate({ width: 4, kernel: 3 })
    const found = await failures({ rate: () => ({ ...rule, forward: { rate: 1, coefficient: 1 } }) })
    expect(found).toContain('rates: depthwise-convolution chain of 1: node depthwise-convolution1, forward: predicted 1, measured 2.000')
  })

  test('channels exchanged, as between dense layers', async () => {
    const found = await failures({ gauges: spec => gauges(spec).map(gauge => ({ ...gauge, kind: 'permutation' as const })) })
    expect(found).toMatch(/gauges: node depthwise-convolution1: the permutation gauge of depthwise\.weight changes the output by/)
  })
})
