import { linear } from '@dead-directions/arch-linear'
import { exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import { geometricGrid, type RateFit, type RateRefusal } from '@dead-directions/core-geometry'
import { canonicalLadder, type Rung } from '@dead-directions/kfac'
import { buildNetwork, type Network, type Prediction, predictRates, standardNormals } from '@dead-directions/network'
import { createRegistry } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { layernorm } from './layernorm.ts'
import { chain, probes } from './probes.ts'

const registry = createRegistry().use(linear, layernorm)
let tensorsBefore = 0

beforeAll(() => nodeBackend.install())
beforeEach(() => void (tensorsBefore = tf.memory().numTensors))
afterEach(() => expect(tf.memory().numTensors).toBe(tensorsBefore))

async function ladder(network: Network, values: Float64Array, grid: Float64Array): Promise<readonly Rung[]> {
  const width = network.description.input[0] as number
  const inputs = exactTensor(values, [values.length / width, width])
  const rungs = await canonicalLadder(network, inputs, grid, width - 1)
  inputs.dispose()
  return rungs
}

function fitted(fit: RateFit | RateRefusal): RateFit {
  if (fit.kind === 'refused') throw new Error(fit.reason)
  return fit
}

function rateOf(prediction: Prediction | undefined): number {
  if (prediction?.kind !== 'power') throw new Error(`got ${prediction?.kind}, expected a power`)
  return prediction.rate
}

describe.each(probes(5))('$title', ({ network: description }) => {
  const network = buildNetwork(description, registry)
  const norm = description.nodes.findIndex(({ primitive }) => primitive === 'layernorm')

  test('forward the rate counts the maps since the input or the normalisation, backward those up to the normalisation or the output', async () => {
    const rungs = await ladder(network, standardNormals(1, 40 * 5), geometricGrid(1e-6, 1e-2, 13))
    rungs.forEach(rung => {
      const place = description.nodes.findIndex(({ name }) => name === rung.layer)
      const since = place > norm ? place - norm - 1 : place
      const ahead = place > norm ? description.nodes.length - 1 - place : norm - 1 - place
      expect(Math.abs(fitted(rung.activation).rate - 2 * since)).toBeLessThan(0.02)
      expect(Math.abs(fitted(rung.gradient).rate - 2 * ahead)).toBeLessThan(0.02)
    })
  })

  test('the rule predicts what is measured', async () => {
    const rungs = await ladder(network, standardNormals(2, 40 * 5), geometricGrid(1e-6, 1e-2, 13))
    const predictions = predictRates(network)
    rungs.forEach(rung => {
      const place = predictions.findIndex(({ node }) => node === rung.layer)
      const before = place === 0 ? 0 : rateOf(predictions[place - 1]?.forward)
      expect(Math.abs(fitted(rung.activation).rate - 2 * before)).toBeLessThan(0.02)
      expect(Math.abs(fitted(rung.gradient).rate - 2 * rateOf(predictions[place]?.backward))).toBeLessThan(0.02)
    })
  })
})

describe('the moment behind the normalisation', () => {
  /** Every living input twice, with the dead one and its negative. */
  function paired(width: number, samples: number, centred: boolean): Float64Array {
    const normals = standardNormals(3, samples * width)
    return Float64Array.from({ length: 2 * samples }, (_, i) => i).reduce((values, i) => {
      const row = normals.slice(Math.floor(i / 2) * width, (Math.floor(i / 2) + 1) * width)
      const mean = centred ? row.subarray(0, -1).reduce((sum, x) => sum + x, 0) / (width - 1) : 0
      values.set(row.map((x, j) => (j < width - 1 ? x - mean : i % 2 === 0 ? x : -x)), i * width)
      return values
    }, new Float64Array(2 * samples * width))
  }

  test('has local slopes between 2 k_post and 2(k_pre + k_post), from one end towards the other', async () => {
    const width = 32
    // The input of the last map has passed one map before the normalisation and one behind it.
    const rungs = await ladder(buildNetwork(chain(width, 1, 2), registry), paired(width, 20, false), geometricGrid(1e-4, 0.6, 16))
    const slopes = (rungs[2] as Rung).activation.localSlopes.map(({ slope }) => slope)
    expect(slopes[0]).toBeCloseTo(2, 4)
    expect(slopes.at(-1)).toBeGreaterThan(3.5)
    slopes.forEach((slope, i) => {
      expect(slope).toBeLessThan(4)
      expect(slope).toBeGreaterThan((slopes[i - 1] ?? 2 - 1e-9) - 1e-9)
    })
  })

  test('has the upper rate where the living inputs are centred, so that nothing leaks', async () => {
    const width = 6
    const values = paired(width, 20, true)
    const rungs = await ladder(buildNetwork(chain(width, 1, 2), registry), values, geometricGrid(1e-5, 1e-3, 9))
    const rate = fitted((rungs[2] as Rung).activation)
    expect(rate.rate).toBeCloseTo(4, 4)
    // z_h = x_h (1 - 1/d)/σ₀, σ₀² the living channels' mean square over all d.
    let moment = 0
    for (let i = 0; i < 40; i++) {
      const row = values.subarray(i * width, (i + 1) * width)
      const variance = row.subarray(0, -1).reduce((sum, x) => sum + x * x, 0) / width
      moment += ((row[width - 1] as number) * (1 - 1 / width)) ** 2 / variance / 40
    }
    expect(rate.coefficient / moment).toBeCloseTo(1, 4)
  })
})
