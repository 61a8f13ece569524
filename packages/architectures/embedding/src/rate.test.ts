import { exactData, exactTensor } from '@dead-directions/autodiff'
import { linear } from '@dead-directions/arch-linear'
import { nodeBackend } from '@dead-directions/backend-node'
import { fitLeadingRate, geometricGrid } from '@dead-directions/core-geometry'
import { cotangents, nodePass, tappedPass } from '@dead-directions/kfac'
import { buildNetwork, canonicalApproach, parameterTensors, uniforms } from '@dead-directions/network'
import { createRegistry } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { embedding } from './embedding.ts'
import { probes } from './probes.ts'

const width = 3
const samples = 10

beforeAll(() => nodeBackend.install())

test.each(probes(width))('C8: measured on $title, the dead feature has rate 1 behind the embedding and 2 factors are left above it', async ({ network: description, tokens }) => {
  const network = buildNetwork(description, createRegistry().use(embedding, linear))
  const before = tf.memory().numTensors
  const length = description.input[0] as number
  const inputs = exactTensor(uniforms(5, samples * length).map(u => Math.floor(u * (tokens as number))), [samples, length])
  const grid = geometricGrid(1e-4, 0.1, 8)
  const moments = network.nodes.map(() => ({ forward: new Float64Array(grid.length), backward: new Float64Array(grid.length) }))
  const [cotangent] = cotangents('gaussian', { kind: 'sampled', seed: 2, draws: 1 }, width)
  const moment = async (tensor: tf.Tensor): Promise<number> => (await exactData(tensor)).filter((_, at) => at % width === width - 1).reduce((sum, value) => sum + value * value, 0) / (samples * length)
  for (const [point, t] of grid.entries()) {
    const tensors = parameterTensors(canonicalApproach(network, t))
    const seen = nodePass(network, tensors, inputs, cotangent as NonNullable<typeof cotangent>)
    for (const [i, { value, gradient }] of seen.entries()) {
      const own = moments[i] as (typeof moments)[number]
      own.forward[point] = await moment(value)
      own.backward[point] = await moment(gradient)
    }
    tf.dispose([...Object.values(tensors), ...seen.flatMap(({ value, gradient }) => [value, gradient])])
  }
  inputs.dispose()
  expect(tf.memory().numTensors).toBe(before)
  moments.forEach(({ forward, backward }, i) => {
    expect(fitLeadingRate(grid, forward)).toMatchObject({ kind: 'rate', rate: expect.closeTo(2 * (i + 1), 9) as number })
    expect(fitLeadingRate(grid, backward)).toMatchObject({ kind: 'rate', rate: expect.closeTo(2 * (2 - i), 9) as number })
  })
  expect(embedding.rate({ vocabulary: 1, width }).forward.rate).toBe(1)
})

test('taps see one-hot tokens, and the gradient at their dead feature has the two factors above it', () => {
  const description = (probes(width)[0] as ReturnType<typeof probes>[number]).network
  const network = buildNetwork(description, createRegistry().use(embedding, linear))
  const before = tf.memory().numTensors
  const t = 0.01
  const tensors = { inputs: exactTensor([0, 5, 2, 2], [1, 4]), ...parameterTensors(canonicalApproach(network, t)) }
  const [first, ...others] = tappedPass(network, tensors, tensors.inputs, output => tf.onesLike(output))
  const rows = tf.tidy(() => (first?.inputs.reshape([4, 2 * width]).arraySync() ?? []) as number[][])
  expect(rows.map(row => row.indexOf(1))).toEqual([0, 5, 2, 2])
  expect(rows.map(row => row.reduce((a, b) => a + b, 0))).toEqual([1, 1, 1, 1])
  const gradients = [...(first?.gradients.dataSync() ?? [])]
  gradients.forEach((gradient, at) => expect(gradient).toBeCloseTo(at % width === width - 1 ? t * t : 1, 15))
  tf.dispose([tensors, first, others] as unknown as tf.TensorContainer)
  expect(tf.memory().numTensors).toBe(before)
})
