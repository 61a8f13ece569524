import { exactData, exactTensor } from '@dead-directions/autodiff'
import { linear } from '@dead-directions/arch-linear'
import { nodeBackend } from '@dead-directions/backend-node'
import { fitLeadingRate, geometricGrid } from '@dead-directions/core-geometry'
import { cotangents, nodePass } from '@dead-directions/kfac'
import { buildNetwork, canonicalApproach, parameterTensors, standardNormals } from '@dead-directions/network'
import { createRegistry } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { probes } from './probes.ts'
import { softmaxHead } from './softmax-head.ts'

const width = 3
const samples = 20

beforeAll(() => nodeBackend.install())

/** Rates of the dead logit's second moment and of that of the gradient at the first layer's dead output. */
async function measured(bias: boolean): Promise<{ logit: number; coefficient: number; gradient: number }> {
  const { network: description } = probes(width)[0] as ReturnType<typeof probes>[number]
  const nodes = description.nodes.map(node => (node.primitive === 'softmax-head' ? { ...node, spec: { ...node.spec, bias } } : node))
  const network = buildNetwork({ ...description, nodes }, createRegistry().use(linear, softmaxHead))
  const inputs = exactTensor(standardNormals(2, samples * width), [samples, width])
  const grid = geometricGrid(1e-6, 1e-3, 8)
  const [logits, gradients] = [new Float64Array(grid.length), new Float64Array(grid.length)]
  const [cotangent] = cotangents('categorical', { kind: 'sampled', seed: 4, draws: 1 }, width)
  const moment = async (tensor: tf.Tensor): Promise<number> => (await exactData(tensor)).filter((_, at) => at % width === width - 1).reduce((sum, value) => sum + value * value, 0) / samples
  for (const [point, t] of grid.entries()) {
    const tensors = parameterTensors(canonicalApproach(network, t))
    const seen = nodePass(network, tensors, inputs, cotangent as NonNullable<typeof cotangent>)
    logits[point] = await moment((seen.at(-1) as (typeof seen)[number]).value)
    gradients[point] = await moment((seen[0] as (typeof seen)[number]).gradient)
    tf.dispose([...Object.values(tensors), ...seen.flatMap(({ value, gradient }) => [value, gradient])])
  }
  inputs.dispose()
  const [logit, gradient] = [fitLeadingRate(grid, logits), fitLeadingRate(grid, gradients)]
  if (logit.kind === 'refused' || gradient.kind === 'refused') throw new Error('no rate')
  return { logit: logit.rate, coefficient: logit.coefficient, gradient: gradient.rate }
}

test('C2: the head is one more map of the chain, and the likelihood changes no rate', async () => {
  const { logit, gradient } = await measured(false)
  const { forward, backward } = softmaxHead.rate({ in: width, classes: width })
  expect(logit).toBeCloseTo(2 * (3 + forward.rate), 6)
  expect(gradient).toBeCloseTo(2 * (2 + backward.rate), 4)
})

test('C5: a dead bias caps the dead logit and leaves the gradient alone', async () => {
  const before = tf.memory().numTensors
  const { logit, coefficient, gradient } = await measured(true)
  expect(tf.memory().numTensors).toBe(before)
  const { composition, backward } = softmaxHead.rate({ in: width, classes: width, bias: true })
  expect(composition).toEqual({ kind: 'capped', offset: { rate: 1, coefficient: 1 } })
  expect([logit, coefficient]).toEqual([expect.closeTo(2, 6), expect.closeTo(1, 6)])
  expect(gradient).toBeCloseTo(2 * (2 + backward.rate), 4)
})
