import { crossovers, type FiniteEntry, finiteSlope, layernorm } from '@dead-directions/arch-layernorm'
import { linear } from '@dead-directions/arch-linear'
import { mlp } from '@dead-directions/arch-mlp'
import { exactData, exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import { geometricGrid } from '@dead-directions/core-geometry'
import { canonicalLadder, type Rung } from '@dead-directions/kfac'
import { leastSquares, matrix } from '@dead-directions/linalg'
import { buildNetwork, canonicalApproach, forward, type Network, parameterTensors, standardNormals } from '@dead-directions/network'
import { createRegistry, defineArchitecture } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { type } from 'arktype'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'

const width = 24
const dead = width - 1
const samples = 20
const floor = 1e-4
let tensorsBefore = 0

beforeAll(() => nodeBackend.install())
beforeEach(() => void (tensorsBefore = tf.memory().numTensors))
afterEach(() => expect(tf.memory().numTensors).toBe(tensorsBefore))

/** One more output that reads the dead unit of the second input with a strength of its own: a way that does not die. */
const witness = defineArchitecture<{ strength: number }>({
  kind: 'architecture',
  name: 'witness',
  spec: type({ strength: 'number' }),
  outputShape: (_spec, [shape]) => [(shape?.[0] as number) + 1],
  parameters: () => ({}),
  forward: (_scope, { strength }, _parameters, [main, seen]) =>
    tf.concat([main as tf.Tensor, tf.mul(tf.slice(seen as tf.Tensor, [0, dead], [-1, 1]), exactTensor([strength], []))], 1),
  rate: () => ({ forward: { rate: 0, coefficient: 1 }, backward: { rate: 0, coefficient: 1 }, composition: { kind: 'sum' } }),
  canonicalApproach: () => ({}),
  deadChannel: () => dead,
  example: () => ({ strength: 1 }),
  gauges: () => [],
})

interface Setting {
  readonly activation: 'identity' | 'tanh'
  readonly strength: number
  /** `[samples, width]`, row-major. */
  readonly values: Float64Array
}

/** A perceptron in two nodes, a normalisation and a readout; the dead hidden unit is also witnessed. */
function perceptronThenNorm({ activation, strength }: Setting): Network {
  return buildNetwork(
    {
      input: [width],
      nodes: [
        { name: 'hidden', primitive: 'mlp', spec: { widths: [width, width], activation: [activation] }, inputs: ['input'] },
        { name: 'down', primitive: 'linear', spec: { in: width, out: width }, inputs: ['hidden'] },
        { name: 'norm', primitive: 'layernorm', spec: { width }, inputs: ['down'] },
        { name: 'readout', primitive: 'linear', spec: { in: width, out: width }, inputs: ['norm'] },
        { name: 'output', primitive: 'witness', spec: { strength }, inputs: ['readout', 'hidden'] },
      ],
      output: 'output',
      likelihood: 'gaussian',
    },
    createRegistry().use(linear, mlp, layernorm, witness),
  )
}

/** Normals, every living input twice: with the dead one, here scaled, and its negative. */
function inputs(deadScale: number): Float64Array {
  const half = standardNormals(5, (samples / 2) * width)
  return Float64Array.from({ length: samples * width }, (_, k) => {
    const x = half[k % half.length] as number
    return k % width !== dead ? x : k < half.length ? deadScale * x : -deadScale * x
  })
}

/** The dead entry of the gradient factor of the perceptron's first map. */
async function deadEntries(setting: Setting, grid: Float64Array): Promise<Float64Array> {
  const tensor = exactTensor(setting.values, [samples, width])
  const [first] = (await canonicalLadder(perceptronThenNorm(setting), tensor, grid, dead)) as [Rung]
  tensor.dispose()
  return first.gradients
}

/**
 * The coefficients from the normalisation's inputs alone, at t = 0. With `M = P - zzᵀ/d`, a projector, the living outputs'
 * gradients reach the dead input as `Σ_{i≠h} M_ih² = M_hh (1 - M_hh)` and the dead one's as `M_hh²`, both over `σ₀²`.
 */
async function derived(setting: Setting): Promise<FiniteEntry> {
  const network = perceptronThenNorm(setting)
  const tensors = parameterTensors(canonicalApproach(network, Number.MIN_VALUE))
  const input = exactTensor(setting.values, [samples, width])
  let below: tf.Tensor | undefined
  tf.tidy(() => {
    forward(network, tensors, input, {
      node(name, value) {
        if (name === 'down') below = tf.keep(tf.clone(value))
        return value
      },
    })
  })
  const rows = await exactData(below as tf.Tensor)
  tf.dispose([tensors, input, below as tf.Tensor])
  const [entry, share] = [{ c0: setting.strength ** 2, c2: 0, c4: 0 }, 1 / samples]
  for (let i = 0; i < samples; i++) {
    const x = rows.subarray(i * width, (i + 1) * width)
    const mean = x.reduce((sum, value) => sum + value, 0) / width
    const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / width
    const own = 1 - 1 / width - ((x[dead] as number) - mean) ** 2 / variance / width
    entry.c2 += (share * own * (1 - own)) / variance
    entry.c4 += (share * own ** 2) / variance
  }
  return entry
}

function polynomial({ c0, c2, c4 }: FiniteEntry, t: number): number {
  return c0 + c2 * t ** 2 + c4 * t ** 4
}

/** Local slopes of the measured entries, over a twenty-fifth of an e-fold about every point. */
async function localSlopes(setting: Setting, grid: Float64Array): Promise<Float64Array> {
  const [above, below] = [await deadEntries(setting, grid.map(t => t * Math.exp(0.02))), await deadEntries(setting, grid.map(t => t * Math.exp(-0.02)))]
  return above.map((entry, i) => Math.log(entry / (below[i] as number)) / 0.04)
}

test('the dead entry is c0 + c2 t² + c4 t⁴ to the last digits where the dead input is zero', async () => {
  const grid = geometricGrid(1e-6, 1, 9)
  const setting: Setting = { activation: 'tanh', strength: floor, values: inputs(0) }
  const [measured, entry] = [await deadEntries(setting, grid), await derived(setting)]
  grid.forEach((t, i) => expect((measured[i] as number) / polynomial(entry, t)).toBeCloseTo(1, 12))
})

test.each([
  ['identity', 1, 0.3],
  ['tanh', 0, 1],
] as const)('the local slope is α(t) within 0.02 from the noise floor over the leak plateau to the direct way, %s, dead inputs of size %d, up to t = %d', async (activation, size, end) => {
  const grid = geometricGrid(1e-6, end, 19)
  const setting: Setting = { activation, strength: floor, values: inputs(size) }
  const [slopes, entry] = [await localSlopes(setting, grid), await derived(setting)]
  grid.forEach((t, i) => expect(Math.abs((slopes[i] as number) - finiteSlope(entry, t))).toBeLessThan(0.02))
  expect(slopes[0]).toBeLessThan(0.01)
  expect(slopes.some(slope => Math.abs(slope - 2) < 0.05)).toBe(true)
  expect(slopes.at(-1)).toBeGreaterThan(3.3)
})

test('the measured slope is 1 and 3 where the crossovers say', async () => {
  const setting: Setting = { activation: 'tanh', strength: floor, values: inputs(0) }
  const { floorToLeak, leakToDirect } = crossovers(await derived(setting))
  const slopes = await localSlopes(setting, Float64Array.of(floorToLeak as number, leakToDirect as number))
  expect([...slopes]).toEqual([expect.closeTo(1, 3), expect.closeTo(3, 3)])
})

test('C10: a curved activation moves the slope from α(t) in proportion to t²', async () => {
  const grid = geometricGrid(0.005, 0.04, 4)
  const setting: Setting = { activation: 'tanh', strength: 0, values: inputs(1) }
  const [slopes, entry] = [await localSlopes(setting, grid), await derived(setting)]
  const drift = grid.map((t, i) => ((slopes[i] as number) - finiteSlope(entry, t)) / t ** 2)
  drift.forEach(share => expect(share / (drift[0] as number)).toBeCloseTo(1, 1))
})

test('a least-squares fit of the measured entries finds the derived coefficients', async () => {
  const grid = geometricGrid(1e-6, 0.5, 13)
  const setting: Setting = { activation: 'tanh', strength: floor, values: inputs(0) }
  const [measured, entry] = [await deadEntries(setting, grid), await derived(setting)]
  // Relative residuals: the entries span ten decades.
  const design = Float64Array.from({ length: 3 * grid.length }, (_, k) => {
    const point = Math.floor(k / 3)
    return (grid[point] as number) ** (2 * (k % 3)) / (measured[point] as number)
  })
  const { x } = leastSquares(matrix(grid.length, 3, design), new Float64Array(grid.length).fill(1))
  expect([...x].map((c, i) => c / ([entry.c0, entry.c2, entry.c4][i] as number))).toEqual([1, 1, 1].map(ratio => expect.closeTo(ratio, 9)))
})

test('of the leak, the second moment is (d-1)/d² E[1/σ₀²] for centred living inputs', async () => {
  // The leak -Σ_{j≠h} w_j/(dσ₀) of every output in turn, w = e_i; -z_h Σ w_j z_j/(dσ₀) is zero.
  const values = inputs(0)
  let inverse = 0
  for (let i = 0; i < samples; i++) {
    const living = values.subarray(i * width, i * width + dead)
    const mean = living.reduce((sum, x) => sum + x, 0) / dead
    living.forEach((x, j) => (living[j] = x - mean))
    inverse += width / living.reduce((sum, x) => sum + x * x, 0) / samples
  }
  const [entry] = await deadEntries({ activation: 'identity', strength: 0, values }, Float64Array.of(1e-6))
  expect((entry as number) / (((1e-12 * dead) / width ** 2) * inverse)).toBeCloseTo(1, 9)
})
