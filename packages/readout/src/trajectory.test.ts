import { linear } from '@dead-directions/arch-linear'
import { exactData, exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import { geometricGrid } from '@dead-directions/core-geometry'
import { diagonal, identity, type Matrix, matrix, multiply, svd, transpose } from '@dead-directions/linalg'
import { buildNetwork, forward, type Network, type ParameterValues, standardNormals } from '@dead-directions/network'
import { BadInput, createRegistry } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { readTrajectory, type TrajectoryCell } from './trajectory.ts'

beforeAll(() => nodeBackend.install())

const width = 3

function chain(layers: number): Network {
  const nodes = Array.from({ length: layers }, (_, i) => ({ name: `w${i + 1}`, primitive: 'linear', spec: { in: width, out: width }, inputs: [i === 0 ? 'input' : `w${i}`] }))
  return buildNetwork({ input: [width], nodes, output: `w${layers}`, likelihood: 'gaussian' }, createRegistry().use(linear))
}

function rotation(seed: number): Matrix {
  return svd(matrix(width, width, standardNormals(seed, width ** 2))).u
}

/** Weights `R_ℓ diag(values_ℓ) R_{ℓ-1}ᵀ`, whose singular vectors meet, as gradient flow keeps them. */
function aligned(values: readonly (readonly number[])[]): ParameterValues {
  return Object.fromEntries(
    values.map((singular, i) => [`w${i + 1}.weight`, { shape: [width, width], data: multiply(multiply(rotation(i + 2), diagonal(singular)), transpose(rotation(i + 1))).data }]),
  )
}

/** Inputs whose second moment is the identity. */
const white = identity(width).data.map(x => x * Math.sqrt(width))
const inputs = matrix(width, width, white)

/** Singular values of a mode without a target under gradient flow, `ds/dτ = -s^{2L-1}` in every one of L balanced layers. */
function decayed(start: number, layers: number, time: number): number {
  return (start ** (2 - 2 * layers) + (2 * layers - 2) * time) ** (-1 / (2 * layers - 2))
}

function rateOf(cells: readonly TrajectoryCell[], layer: string, observable: string): { rate: number; coefficient: number } {
  const fit = cells.find(cell => cell.layer === layer && cell.observable === observable)?.fit
  if (fit?.kind !== 'rate') throw new Error(`${layer} ${observable}: ${fit?.reason}`)
  return fit
}

describe.each([2, 3, 4])('along the gradient flow of %i balanced linear layers', layers => {
  const times = geometricGrid(1, 1e6 ** (layers - 1), 40)
  const names = Array.from({ length: layers }, (_, i) => `w${i + 1}`)

  test('rates are 2(ℓ-1), 2(L-ℓ), 2(L-1) and half the first two for σ_min, with coefficient 1', async () => {
    const trajectory = [...times].map(time => aligned(names.map(() => [2, 1, decayed(0.5, layers, time)])))
    const before = tf.memory().numTensors
    const cells = await readTrajectory(chain(layers), trajectory, inputs, nodeBackend)
    expect(tf.memory().numTensors).toBe(before)
    expect(cells).toHaveLength(5 * layers)
    names.forEach((name, below) => {
      const above = layers - 1 - below
      const expected = { 'activation factor': 2 * below, 'gradient factor': 2 * above, 'Fisher form': 2 * (layers - 1), 'activation σ_min': below, 'gradient σ_min': above }
      for (const [observable, rate] of Object.entries(expected)) {
        const found = rateOf(cells, name, observable)
        expect(found.rate, `${name} ${observable}`).toBeCloseTo(rate, 6)
        expect(found.coefficient, `${name} ${observable}`).toBeCloseTo(1, 4)
      }
    })
  })

  test('t is the closed form of the shrinking singular value', async () => {
    const trajectory = [...times].map(time => aligned(names.map(() => [2, 1, decayed(0.5, layers, time)])))
    const [cell] = await readTrajectory(chain(layers), trajectory, inputs, nodeBackend)
    cell?.t.forEach((t, i) => expect(t / decayed(0.5, layers, times[i] as number)).toBeCloseTo(1, 9))
  })
})

test('along gradient descent towards a map of rank one, two layers read rates 0, 2, 2 and 2, 0, 2', async () => {
  const network = chain(2)
  const target = aligned([[1, 1, 1], [2, 0, 0]])
  const x = exactTensor(white, [width, width])
  const outputs = tf.tidy(() => forward(network, tensors(target), x))
  const start = aligned([[1, 0.02, 0.8], [1, 0.02, 0.8]])
  const variables = Object.fromEntries(Object.entries(start).map(([name, { data, shape }]) => [name, tf.tidy(() => tf.variable(exactTensor(data, shape as number[]), true, name))]))
  const optimizer = tf.train.sgd(0.02)
  const trajectory: ParameterValues[] = []
  for (let step = 0; step <= 800; step++) {
    if (step % 20 === 0) trajectory.push(await values(variables))
    // Half the squared distance per sample.
    optimizer.minimize(() => tf.mul(tf.sum(tf.squaredDifference(forward(network, variables, x), outputs)), 1 / (2 * width)), false, Object.values(variables))
  }
  optimizer.dispose()
  tf.dispose([x, outputs, ...Object.values(variables)])
  const cells = await readTrajectory(network, trajectory, inputs, nodeBackend)
  const expected = { w1: [0, 2, 2], w2: [2, 0, 2] }
  for (const [layer, rates] of Object.entries(expected)) {
    ;['activation factor', 'gradient factor', 'Fisher form'].forEach((observable, i) => expect(rateOf(cells, layer, observable).rate, `${layer} ${observable}`).toBeCloseTo(rates[i] as number, 5))
  }
})

test('a layer that does not shrink is refused, and unbalanced flow reads what the conserved defect says', async () => {
  // Two layers with s₂² = s₁² + 1: only the first dies, so that nothing else does.
  const trajectory = [...geometricGrid(1, 1e-4, 30)].map(s => aligned([[2, 1.5, s], [2, 1.5, Math.hypot(s, 1)]]))
  const cells = await readTrajectory(chain(2), trajectory, inputs, nodeBackend)
  expect(rateOf(cells, 'w1', 'gradient factor').rate).toBeCloseTo(0, 2)
  const refused = cells.filter(({ layer }) => layer === 'w2').map(({ fit }) => fit.kind)
  expect(refused).toEqual(Array.from({ length: 5 }, () => 'refused'))
})

test('one that grows before it shrinks is read from its largest value on', async () => {
  const sizes = [...geometricGrid(0.01, 0.5, 10), ...geometricGrid(0.5, 1e-3, 30)]
  const cells = await readTrajectory(chain(2), sizes.map(s => aligned([[2, 1, s], [2, 1, s]])), inputs, nodeBackend)
  expect(cells[0]?.t).toHaveLength(31)
  expect(rateOf(cells, 'w2', 'activation factor').rate).toBeCloseTo(2, 6)
})

test('a layer that is zero throughout is refused', async () => {
  const trajectory = [1, 0.5, 0.25].map(s => aligned([[1, 1, s], [0, 0, 0]]))
  const cells = await readTrajectory(chain(2), trajectory, inputs, nodeBackend)
  expect(cells.filter(({ layer }) => layer === 'w2').map(({ fit }) => fit.kind === 'refused' && fit.reason)).toEqual(Array.from({ length: 5 }, () => 'vanishes identically to the precision floor'))
})

test('a trajectory of one snapshot and inputs of another width are refused', async () => {
  const one = aligned([[1, 1, 1], [1, 1, 1]])
  await expect(readTrajectory(chain(2), [one], inputs, nodeBackend)).rejects.toThrow(new BadInput('trajectory', '1 snapshots', 'at least two'))
  await expect(readTrajectory(chain(2), [one, one], matrix(2, 4), nodeBackend)).rejects.toThrow('inputs: got "2 × 4"')
})

function tensors(parameters: ParameterValues): Record<string, tf.Tensor> {
  return Object.fromEntries(Object.entries(parameters).map(([name, { data, shape }]) => [name, exactTensor(data, shape as number[])]))
}

async function values(variables: Readonly<Record<string, tf.Variable>>): Promise<ParameterValues> {
  const entries = Object.entries(variables).map(async ([name, value]): Promise<[string, ParameterValues[string]]> => [name, { shape: value.shape, data: await exactData(value) }])
  return Object.fromEntries(await Promise.all(entries))
}
