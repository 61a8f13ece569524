import { linear } from '@dead-directions/arch-linear'
import { exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import { geometricGrid, type RateFit, type RateRefusal } from '@dead-directions/core-geometry'
import { canonicalLadder, type Rung } from '@dead-directions/kfac'
import { buildNetwork, type Network, type Prediction, predictRates, standardNormals } from '@dead-directions/network'
import { createRegistry } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { chain, probes } from './probes.ts'
import { rmsnorm } from './rmsnorm.ts'

const registry = createRegistry().use(linear, rmsnorm)
const [width, samples] = [5, 40]
const values = standardNormals(1, samples * width)
let tensorsBefore = 0

beforeAll(() => nodeBackend.install())
beforeEach(() => void (tensorsBefore = tf.memory().numTensors))
afterEach(() => expect(tf.memory().numTensors).toBe(tensorsBefore))

async function ladder(network: Network): Promise<readonly Rung[]> {
  const inputs = exactTensor(values, [samples, width])
  const rungs = await canonicalLadder(network, inputs, geometricGrid(1e-5, 1e-2, 13), width - 1)
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


describe.each([
  [1, 0],
  [0, 2],
  [1, 3],
  [3, 1],
  [2, 2],
  [2, 3],
])('%i linear, rmsnorm, %i linear', (before, after) => {
  test('forward the rate counts the maps below, backward those above with the lesser of both sides at the normalisation', async () => {
    const rungs = await ladder(buildNetwork(chain(width, before, after), registry))
    rungs.forEach((rung, map) => {
      const above = map < before ? before - 1 - map + Math.min(before, after) : before + after - 1 - map
      expect(Math.abs(fitted(rung.activation).rate - 2 * map)).toBeLessThan(0.02)
      expect(Math.abs(fitted(rung.gradient).rate - 2 * above)).toBeLessThan(0.02)
    })
  })
})

test('the route through the dead input carries -x_h Σ_j x_j γ_j g_j/(d r³), the direct one γ_h g_h/r', async () => {
  // Outputs in turn, so that g = e_i: the first sum over i ≠ h is the living one.
  const moments = { direct: 0, through: 0 }
  for (let i = 0; i < samples; i++) {
    const row = values.subarray(i * width, (i + 1) * width)
    const living = row.subarray(0, -1).reduce((sum, x) => sum + x * x, 0)
    const r = Math.sqrt(living / width)
    moments.direct += 1 / r ** 2 / samples
    moments.through += ((row[width - 1] as number) ** 2 * living) / (width * r ** 3) ** 2 / samples
  }
  for (const [before, after, expected] of [
    [1, 2, moments.through],
    [2, 1, moments.direct],
    [2, 2, moments.direct + moments.through],
  ] as const) {
    const rungs = await ladder(buildNetwork(chain(width, before, after), registry))
    const rung = rungs[before - 1] as Rung
    expect((rung.gradients[0] as number) / (1e-5 ** (2 * Math.min(before, after)) * expected)).toBeCloseTo(1, 6)
  }
})

describe.each(probes(width))('$title', ({ network: description }) => {
  test('the rule predicts what is measured', async () => {
    const network = buildNetwork(description, registry)
    const rungs = await ladder(network)
    const predictions = predictRates(network)
    rungs.forEach(rung => {
      const place = predictions.findIndex(({ node }) => node === rung.layer)
      const below = place === 0 ? 0 : rateOf(predictions[place - 1]?.forward)
      expect(Math.abs(fitted(rung.activation).rate - 2 * below)).toBeLessThan(0.02)
      expect(Math.abs(fitted(rung.gradient).rate - 2 * rateOf(predictions[place]?.backward))).toBeLessThan(0.02)
    })
  })
})
