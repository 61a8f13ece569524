import { linear } from '@dead-directions/arch-linear'
import { mlp } from '@dead-directions/arch-mlp'
import { nodeBackend } from '@dead-directions/backend-node'
import { fromRows, matrix } from '@dead-directions/linalg'
import { buildNetwork, initialParameters, type Network, standardNormals } from '@dead-directions/network'
import { createRegistry } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { localLearningCoefficient } from './local-learning-coefficient.ts'
import { networkLandscape } from './network-landscape.ts'
import { drawTargets } from './targets.ts'

beforeAll(() => nodeBackend.install())

const map = (likelihood: 'gaussian' | 'categorical', outputs: number): Network =>
  buildNetwork(
    { input: [2], nodes: [{ name: 'map', primitive: 'linear', spec: { in: 2, out: outputs, bias: false }, inputs: ['input'] }], output: 'map', likelihood },
    createRegistry().use(linear),
  )
const weight = (...rows: number[][]) => ({ 'map.weight': { shape: [rows.length, 2], data: Float64Array.from(rows.flat()) } })
const inputs = fromRows([[1, 0], [0, 1], [1, 1]])

describe('the loss of an observation', () => {
  it('is half the squared distance under a Gaussian likelihood', async () => {
    const targets = fromRows([[1, 2], [0, 0], [3, 1]])
    const landscape = await networkLandscape({ network: map('gaussian', 2), parameters: weight([1, 2], [3, 4]), inputs, targets })
    // Outputs (1, 3), (2, 4), (3, 7).
    expect(await landscape.losses!(landscape.centre)).toEqual(Float64Array.of(0.5, 10, 18))
    // The gradient is the mean of (f - y) xᵀ.
    const { gradient } = await landscape.evaluate(landscape.centre, null)
    ;[0, 2 / 3, 7 / 3, 10 / 3].forEach((value, i) => expect(gradient[i]).toBeCloseTo(value, 12))
  })

  it('is -log p of the class under a categorical likelihood', async () => {
    const targets = fromRows([[1], [0], [2]])
    const logits = [[1, 2], [0.5, -1], [0, 3]]
    const landscape = await networkLandscape({ network: map('categorical', 3), parameters: weight(...logits), inputs, targets })
    const losses = await landscape.losses!(landscape.centre)
    inputs.data.filter((_, i) => i % 2 === 0).forEach((first, i) => {
      const z = logits.map(([u, v]) => u! * first + v! * inputs.data[2 * i + 1]!)
      expect(losses[i]).toBeCloseTo(Math.log(z.reduce((sum, own) => sum + Math.exp(own), 0)) - z[targets.data[i]!]!, 12)
    })
  })

  it('has a gradient that its differences confirm, through a hidden layer, leaving no tensor behind', async () => {
    const network = buildNetwork(
      { input: [2], nodes: [{ name: 'body', primitive: 'mlp', spec: { widths: [2, 3, 3], activation: 'tanh' }, inputs: ['input'] }], output: 'body', likelihood: 'categorical' },
      createRegistry().use(mlp),
    )
    const before = tf.memory().numTensors
    const landscape = await networkLandscape({ network, parameters: initialParameters(network, 1), inputs, targets: fromRows([[1], [0], [2]]) })
    const batch = Int32Array.of(2, 0)
    const { gradient } = await landscape.evaluate(landscape.centre, batch)
    const along = async (i: number, step: number) => (await landscape.evaluate(landscape.centre.map((w, j) => (i === j ? w + step : w)), batch)).loss
    for (let i = 0; i < gradient.length; i += 4) expect(((await along(i, 1e-5)) - (await along(i, -1e-5))) / 2e-5).toBeCloseTo(gradient[i]!, 7)
    expect(tf.memory().numTensors).toBe(before)
  })
})

it('samples a regular network at λ = d/2 with batches', async () => {
  const network = map('gaussian', 1)
  const many = matrix(300, 2, standardNormals(4, 600))
  const targets = await drawTargets(network, weight([1, -1]), many, 5)
  // Least squares on the drawn targets, since λ̂ is λ around the minimum of the loss.
  const landscape = await networkLandscape({ network, parameters: weight([1, -1]), inputs: many, targets })
  const least = await minimum(landscape)
  const result = await localLearningCoefficient({ ...landscape, centre: least }, { batchSize: 30, draws: 400, localisation: 1e-2, fluctuationDraws: 0 })
  if (result.kind === 'refused') throw new Error(result.reason)
  expect(result.standardError).toBeLessThan(0.15)
  expect(Math.abs(result.lambda - 1)).toBeLessThan(3 * result.standardError + result.bias.discretisation + result.bias.batchNoise)
})

async function minimum(landscape: Awaited<ReturnType<typeof networkLandscape>>): Promise<Float64Array> {
  let w = landscape.centre
  for (let step = 0; step < 40; step++) {
    const { gradient } = await landscape.evaluate(w, null)
    w = w.map((value, i) => value - 0.8 * gradient[i]!)
  }
  return w
}

describe('data that do not fit', () => {
  it.each([
    [fromRows([[1]]), fromRows([[1, 2]]), 'inputs columns: got 1, expected 2, as the network reads'],
    [inputs, fromRows([[1, 2]]), 'targets rows: got 1, expected 3, one for each input'],
    [inputs, fromRows([[1], [1], [1]]), "targets columns: got 1, expected 2, as the network's likelihood takes"],
  ])('%#', async (x, targets, message) => {
    await expect(networkLandscape({ network: map('gaussian', 2), parameters: weight([1, 2], [3, 4]), inputs: x, targets })).rejects.toThrow(message)
  })

  it('as a class the network does not have', async () => {
    const data = { network: map('categorical', 2), parameters: weight([1, 2], [3, 4]), inputs, targets: fromRows([[0], [2], [1]]) }
    await expect(networkLandscape(data)).rejects.toThrow('targets: got 2, expected a class from 0 to 1')
  })
})

describe('drawTargets', () => {
  const many = matrix(4000, 2, Float64Array.from({ length: 8000 }, (_, i) => 1 - (i % 2)))
  const frequency = (values: Float64Array, of: (value: number) => boolean) => values.filter(of).length / values.length

  it('adds unit Gaussian noise to the outputs', async () => {
    const { data } = await drawTargets(map('gaussian', 1), weight([3, 0]), many, 1)
    const mean = data.reduce((sum, y) => sum + y, 0) / data.length
    expect(Math.abs(mean - 3)).toBeLessThan(3 / Math.sqrt(4000))
    expect(Math.abs(data.reduce((sum, y) => sum + (y - 3) ** 2, 0) / data.length - 1)).toBeLessThan(3 * Math.sqrt(2 / 4000))
  })

  it('draws classes as often as their probabilities say', async () => {
    const { data, cols } = await drawTargets(map('categorical', 3), weight([Math.log(1), 0], [Math.log(2), 0], [Math.log(5), 0]), many, 1)
    expect(cols).toBe(1)
    ;[1 / 8, 2 / 8, 5 / 8].forEach((p, own) => expect(Math.abs(frequency(data, value => value === own) - p)).toBeLessThan(3 * Math.sqrt((p * (1 - p)) / 4000)))
  })
})
