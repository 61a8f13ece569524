import { linear } from '@dead-directions/arch-linear'
import { mlp } from '@dead-directions/arch-mlp'
import { nodeBackend } from '@dead-directions/backend-node'
import { type Architecture, createRegistry } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { conformance } from './conformance.ts'
import { registerConformanceTest } from './register-tests.ts'

beforeAll(() => nodeBackend.install())

const registry = createRegistry().use(linear, mlp)

registerConformanceTest(test, linear, registry)
registerConformanceTest(test, mlp, registry)
for (const activation of ['identity', 'relu', 'gelu', 'silu'] as const) {
  registerConformanceTest(test, { ...mlp, name: `mlp-${activation}`, example: width => ({ widths: [width, width, width], activation }) }, createRegistry())
}
registerConformanceTest(test, { ...mlp, name: 'mlp-bias', example: width => ({ widths: [width, width, width], activation: 'tanh', bias: true }) }, createRegistry())
registerConformanceTest(test, { ...mlp, name: 'mlp-softplus', example: width => ({ widths: [width, width, width], activation: 'softplus' }) }, createRegistry())

async function failures(plugin: Architecture): Promise<readonly string[]> {
  const { checks, passed } = await conformance(plugin, createRegistry())
  const found = checks.flatMap(({ failure }) => (failure === null ? [] : [failure]))
  expect(passed).toBe(found.length === 0)
  return found
}

describe('a wrong plugin is caught, with node, predicted and measured', () => {
  const rule = linear.rate({ in: 4, out: 4 })

  test('a wrong forward rate', async () => {
    const wrong = await failures({ ...linear, rate: () => ({ ...rule, forward: { rate: 2, coefficient: 1 } }) } as Architecture)
    expect(wrong[0]).toContain('node linear1, forward: predicted 2, measured 1.000')
  })

  test('a wrong backward rate', async () => {
    const wrong = await failures({ ...linear, rate: () => ({ ...rule, backward: { rate: 0, coefficient: 1 } }) } as Architecture)
    expect(wrong[0]).toContain('node linear1, backward: predicted 0, measured 2.000')
  })

  test('a wrong composition', async () => {
    const wrong = await failures({ ...linear, rate: () => ({ ...rule, composition: { kind: 'quadratic' } }) } as Architecture)
    expect(wrong.join()).toContain('node linear2, forward: predicted 3, measured 2.000')
    expect((await failures({ ...linear, rate: () => ({ ...rule, composition: { kind: 'reset' } }) } as Architecture)).join()).toContain('node linear1, forward: predicted 0, measured 1.000')
    expect((await failures({ ...linear, rate: () => ({ ...rule, composition: { kind: 'blocked' } }) } as Architecture)).join()).toContain('predicted nothing to pass, measured 1.000')
  })

  test('a wrong coefficient', async () => {
    const wrong = await failures({ ...linear, rate: () => ({ ...rule, forward: { rate: 1, coefficient: 3 } }) } as Architecture)
    expect(wrong.join()).toMatch(/node linear1, forward: predicted coefficient .* measured/)
  })

  test('a gauge that is none', async () => {
    const wrong = await failures({ ...mlp, gauges: () => [{ kind: 'rescaling', rows: ['fc1.weight'], columns: ['fc2.weight'], units: 4 }] } as Architecture)
    expect(wrong.join()).toMatch(/node mlp1: the rescaling gauge of fc1.weight changes the output by/)
  })

  test('readers that are not all that sees the input, and writers that are not all that makes the output', async () => {
    const skipping: Partial<Architecture> = {
      chain: () => [],
      forward: (scope, _spec, { weight, bias }, [input]) => tf.add(scope.linear('', weight as tf.Tensor2D, input as tf.Tensor, bias as tf.Tensor1D), input as tf.Tensor),
      writers: () => ({ rows: ['weight'], kinds: ['general-linear'] }),
      readers: () => ['weight'],
    }
    expect((await failures({ ...linear, ...skipping } as Architecture)).join()).toMatch(/node linear1: the general-linear gauge of weight changes the output by/)
  })

  test('a kernel that is none', async () => {
    const wrong = await failures({ ...linear, kernels: () => [{ label: 'first feature', direction: Float64Array.of(1, 0, 0, 0) }] } as Architecture)
    expect(wrong.join()).toContain('node linear1: kernel first feature should be the direction of no variance')
  })

  test('a forward pass that leaves tensors behind or is not repeatable', async () => {
    const leaking: Architecture = { ...linear, forward: (scope, spec, parameters, inputs) => tf.keep(linear.forward(scope, spec as { in: number; out: number }, parameters, inputs).clone()) } as Architecture
    expect((await failures(leaking)).join()).toContain('leaves 2 tensors behind')
  })
})
