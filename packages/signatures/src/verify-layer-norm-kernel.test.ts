import { layernorm, normalisationKernel } from '@dead-directions/arch-layernorm'
import { linear } from '@dead-directions/arch-linear'
import { rmsnorm } from '@dead-directions/arch-rmsnorm'
import { transformerBlock } from '@dead-directions/arch-transformer'
import { exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import { matrix } from '@dead-directions/linalg'
import { buildNetwork, initialParameters, type Network, parameterTensors, type ParameterValues, standardNormals } from '@dead-directions/network'
import { createRegistry } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { activationsAt } from './activations-at.ts'
import { type Normalisation, normalisationsOf } from './normalisations.ts'
import { type KernelVerdict, verifyLayerNormKernel } from './verify-layer-norm-kernel.ts'

beforeAll(() => nodeBackend.install())

const [samples, width] = [40, 8]

function blocks(norm: string, placement: string, feedforward: string): Network {
  const spec = { width, heads: 2, hidden: 12, norm, placement, feedforward }
  const nodes = [
    { name: 'block1', primitive: 'transformer-block', spec, inputs: ['input'] },
    { name: 'block2', primitive: 'transformer-block', spec, inputs: ['block1'] },
    { name: 'last', primitive: norm, spec: { width }, inputs: ['block2'] },
    { name: 'readout', primitive: 'linear', spec: { in: width, out: 2 }, inputs: ['last'] },
  ]
  return buildNetwork({ input: [3, width], nodes, output: 'readout', likelihood: 'gaussian' }, createRegistry().use(transformerBlock, layernorm, rmsnorm, linear))
}

/** Random weights, and scales that are not all one. */
function drawn(network: Network): ParameterValues {
  return Object.fromEntries(
    Object.entries(initialParameters(network, 3)).map(([name, value], i) => [name, name.endsWith('gamma') ? { ...value, data: value.data.map((_, j) => (j % 3 === 0 ? -1 : 1) * (1 + 0.6 * Math.sin(i + 2 * j))) } : value]),
  )
}

interface Read extends Normalisation {
  readonly verdict: KernelVerdict | null
}

async function verdicts(network: Network): Promise<readonly Read[]> {
  const parameters = drawn(network)
  const tensors = parameterTensors(parameters)
  const inputs = exactTensor(standardNormals(7, samples * 3 * width), [samples, 3, width])
  const found = normalisationsOf(network)
  const seen = await activationsAt(network, tensors, inputs, found.flatMap(({ seenAt }) => seenAt ?? []))
  tf.dispose([inputs, ...Object.values(tensors)])
  return found.map(normalisation => {
    const activations = normalisation.seenAt === null ? undefined : seen.get(normalisation.seenAt)
    const kernel = normalisationKernel(parameters[normalisation.parameter]?.data as Float64Array)
    return { ...normalisation, verdict: activations === undefined ? null : verifyLayerNormKernel(kernel, activations) }
  })
}

describe.each([
  ['pre', 'mlp', 5],
  ['pre', 'swiglu', 5],
  ['post', 'mlp', 5],
  ['peri', 'swiglu', 5],
])('two %s-normalised %s blocks at their random start', (placement, feedforward, visible) => {
  test('with LayerNorm have the kernel of the scales to four decimals wherever the output is seen', async () => {
    const before = tf.memory().numTensors
    const read = await verdicts(blocks('layernorm', placement, feedforward))
    const seen = read.flatMap(({ verdict }) => verdict ?? [])
    expect(seen).toHaveLength(visible)
    for (const { normalisation, overlap, nullity, smallest, threshold } of seen) {
      expect({ normalisation, nullity }).toEqual({ normalisation: 'layernorm', nullity: 1 })
      expect(overlap).toBeCloseTo(1, 4)
      expect(smallest).toBeLessThan(threshold)
    }
    expect(tf.memory().numTensors).toBe(before)
  })

  test('with RMSNorm have none', async () => {
    for (const { verdict, seenAt } of await verdicts(blocks('rmsnorm', placement, feedforward))) {
      expect(verdict === null).toBe(seenAt === null)
      if (verdict === null) continue
      expect(verdict).toMatchObject({ normalisation: 'rmsnorm', nullity: 0 })
      expect(verdict.smallest).toBeGreaterThan(1e-3)
    }
  })
})

test('normalisations behind a branch, before the sum, are seen nowhere by themselves', () => {
  const named = (placement: string): readonly (string | null)[] => normalisationsOf(blocks('layernorm', placement, 'mlp')).map(({ seenAt }) => seenAt)
  expect(named('pre').slice(0, 2)).toEqual(['block1.attention.q', 'block1.feedforward.fc1'])
  expect(named('post').slice(0, 2)).toEqual(['block1.feedforward.fc1', 'block1'])
  expect(named('peri').slice(0, 4)).toEqual(['block1.attention.q', null, 'block1.feedforward.fc1', null])
  expect(named('pre').at(-1)).toBe('last')
})

const kernel = normalisationKernel(Float64Array.of(1, 2, -0.5, 3))
const rowsOf = (row: (z: Float64Array) => Float64Array, rows = 12): Float64Array => Float64Array.from(Array.from({ length: rows }, (_, i) => [...row(standardNormals(i + 1, 4))]).flat())

test('activations behind no normalisation have neither', () => {
  expect(verifyLayerNormKernel(kernel, matrix(12, 4, rowsOf(z => z)))).toMatchObject({ normalisation: 'none', nullity: 0, refused: null })
})

test('a direction that is dead for another reason is not taken for the kernel', () => {
  const verdict = verifyLayerNormKernel(kernel, matrix(12, 4, rowsOf(z => z.map((x, i) => (i === 1 ? 0 : x)))))
  expect(verdict).toMatchObject({ normalisation: 'none', nullity: 1 })
  expect(verdict.overlap).toBeCloseTo(Math.abs(kernel[1] as number), 10)
})

test('another dead direction beside the kernel leaves it seen', () => {
  // Channels 0 and 1 agree and the scaled sum is zero.
  const verdict = verifyLayerNormKernel(Float64Array.of(0.5, 0.5, 0.5, 0.5), matrix(12, 4, rowsOf(z => Float64Array.of(z[0]!, z[0]!, z[1]!, -2 * z[0]! - z[1]!))))
  expect(verdict).toMatchObject({ normalisation: 'layernorm', nullity: 2 })
})

test('too few activations are refused, however dead they look', () => {
  const verdict = verifyLayerNormKernel(kernel, matrix(4, 4, rowsOf(z => z, 4)))
  expect(verdict).toMatchObject({ normalisation: null, refused: '4 activations leave directions of 4 unseen, more than 4 are needed' })
})

test('refuses a kernel of another width', () => {
  expect(() => verifyLayerNormKernel(kernel, matrix(12, 3))).toThrow('kernel: got 4 entries, expected 3')
})
