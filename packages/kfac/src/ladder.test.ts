import { exactTensor } from '@dead-directions/autodiff'
import { linear } from '@dead-directions/arch-linear'
import { mlp } from '@dead-directions/arch-mlp'
import { nodeBackend } from '@dead-directions/backend-node'
import { geometricGrid, type RateFit, type RateRefusal } from '@dead-directions/core-geometry'
import { buildNetwork, type Network, standardNormals } from '@dead-directions/network'
import { createRegistry, type Likelihood } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { canonicalLadder, type Rung } from './ladder.ts'

const registry = createRegistry().use(mlp, linear)
const width = 3
const dead = width - 1
let tensorsBefore = 0

beforeAll(() => nodeBackend.install())
beforeEach(() => void (tensorsBefore = tf.memory().numTensors))
afterEach(() => expect(tf.memory().numTensors).toBe(tensorsBefore))

function chain(depth: number, activation: string, options: { bias?: boolean; likelihood?: Likelihood; widths?: number[] } = {}): Network {
  const widths = options.widths ?? Array.from({ length: depth + 1 }, () => width)
  return buildNetwork(
    {
      input: [widths[0] as number],
      nodes: [{ name: 'body', primitive: 'mlp', spec: { widths, activation, bias: options.bias ?? false }, inputs: ['input'] }],
      output: 'body',
      likelihood: options.likelihood ?? 'gaussian',
    },
    registry,
  )
}

/** Normal inputs with their negatives, so that half of every coordinate's energy lies on either side of zero. */
function symmetricInputs(samples: number, features: number): tf.Tensor {
  const half = standardNormals(7, samples * features)
  return exactTensor(Float64Array.of(...half, ...half.map(x => -x)), [2 * samples, features])
}

async function ladder(network: Network, grid: Float64Array): Promise<readonly Rung[]> {
  const inputs = symmetricInputs(40, network.description.input[0] as number)
  try {
    return await canonicalLadder(network, inputs, grid, dead)
  } finally {
    inputs.dispose()
  }
}

function fitted(fit: RateFit | RateRefusal): RateFit {
  if (fit.kind === 'refused') throw new Error(fit.reason)
  return fit
}

const deadEnergy = (() => {
  const half = standardNormals(7, 40 * width)
  return half.filter((_, i) => i % width === dead).reduce((sum, x) => sum + x * x, 0) / 40
})()

describe.each(['identity', 'relu', 'tanh'])('C2, C3: the ladder of %s chains', activation => {
  test.each([2, 4, 6, 8])('activation rate 2(ℓ-1), gradient rate 2(L-ℓ), sum 2(L-1) at depth %i', async depth => {
    const rungs = await ladder(chain(depth, activation), geometricGrid(1e-3, 0.1, 11))
    rungs.forEach((rung, i) => {
      expect(Math.abs(fitted(rung.activation).rate - 2 * i)).toBeLessThan(0.02)
      expect(Math.abs(fitted(rung.gradient).rate - 2 * (depth - 1 - i))).toBeLessThan(0.02)
      expect(Math.abs(fitted(rung.activation).rate + fitted(rung.gradient).rate - 2 * (depth - 1))).toBeLessThan(0.02)
    })
  })
})

describe('C2: coefficients', () => {
  const grid = geometricGrid(1e-3, 0.03, 9)

  test('a linear chain is t^{2(ℓ-1)} E[x²] and t^{2(L-ℓ)} at every t', async () => {
    const rungs = await ladder(chain(5, 'identity'), grid)
    rungs.forEach((rung, i) =>
      grid.forEach((t, point) => {
        expect((rung.activations[point] as number) / (deadEnergy * t ** (2 * i))).toBeCloseTo(1, 12)
        expect((rung.gradients[point] as number) / t ** (2 * (4 - i))).toBeCloseTo(1, 12)
      }),
    )
  })

  test('a ReLU chain passes half the energy of symmetric inputs, once', async () => {
    const rungs = await ladder(chain(5, 'relu'), grid)
    rungs.slice(1).forEach(rung => expect(fitted(rung.activation).coefficient / (deadEnergy / 2)).toBeCloseTo(1, 9))
    rungs.slice(0, -1).forEach(rung => expect(fitted(rung.gradient).coefficient).toBeCloseTo(1 / 2, 9))
  })

  test.each([
    ['gelu', 1 / 2],
    ['silu', 1 / 2],
    ['tanh', 1],
  ])('a smooth chain (%s) has coefficient c^{2 per activation}', async (activation, slope) => {
    const rungs = await ladder(chain(4, activation), geometricGrid(1e-5, 1e-3, 9))
    rungs.forEach((rung, i) => {
      expect(fitted(rung.activation).coefficient / deadEnergy).toBeCloseTo(slope ** (2 * i), 4)
      expect(fitted(rung.gradient).coefficient).toBeCloseTo(slope ** (2 * (3 - i)), 4)
    })
  })

  test('the rule of the perceptron says the same as the measurement', async () => {
    const network = chain(4, 'gelu')
    const rule = mlp.rate({ widths: [3, 3, 3, 3, 3], activation: 'gelu' })
    const rungs = await ladder(network, geometricGrid(1e-5, 1e-3, 9))
    // The first layer's gradient has passed every activation and every weight but its own.
    expect(fitted((rungs[0] as Rung).gradient).rate).toBeCloseTo(2 * (rule.backward.rate - 1), 6)
    expect(fitted((rungs[0] as Rung).gradient).coefficient).toBeCloseTo((rule.backward.coefficient as number) ** 2, 4)
  })
})

describe('C4: general approaches', () => {
  test('rectangular layers keep their rates when none above is narrower', async () => {
    const rungs = await ladder(chain(3, 'identity', { widths: [5, 3, 4, 6] }), geometricGrid(1e-3, 0.1, 9))
    rungs.forEach((rung, i) => {
      expect(fitted(rung.activation).rate).toBeCloseTo(2 * i, 9)
      expect(fitted(rung.gradient).rate).toBeCloseTo(2 * (2 - i), 9)
    })
  })
})

describe('C5: bias', () => {
  test.each([3, 5])('a dead bias caps the forward moment at rate 2 and leaves the backward ladder alone, depth %i', async depth => {
    const rungs = await ladder(chain(depth, 'identity', { bias: true }), geometricGrid(1e-4, 1e-2, 11))
    rungs.forEach((rung, i) => {
      expect(Math.abs(fitted(rung.activation).rate - (i === 0 ? 0 : 2))).toBeLessThan(0.02)
      expect(Math.abs(fitted(rung.gradient).rate - 2 * (depth - 1 - i))).toBeLessThan(0.02)
    })
  })

  test('a positive dead bias opens the gates of a ReLU chain', async () => {
    const rungs = await ladder(chain(4, 'relu', { bias: true }), geometricGrid(1e-4, 1e-2, 11))
    const closed = await ladder(chain(4, 'relu'), geometricGrid(1e-4, 1e-2, 11))
    // From the second layer on the dead pre-activation is t·(something at least 0) + t > 0: every gate is open.
    expect(fitted((rungs[1] as Rung).gradient).coefficient).toBeCloseTo(1, 6)
    expect(fitted((closed[1] as Rung).gradient).coefficient).toBeCloseTo(1 / 2, 6)
  })
})

test('C6: a softmax head leaves the ladder its rates', async () => {
  const rungs = await ladder(chain(3, 'identity', { likelihood: 'categorical' }), geometricGrid(1e-4, 1e-2, 11))
  rungs.forEach((rung, i) => expect(Math.abs(fitted(rung.gradient).rate - 2 * (2 - i))).toBeLessThan(0.02))
})
