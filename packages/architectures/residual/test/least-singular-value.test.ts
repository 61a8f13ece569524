import { exactData, exactTensor } from '@dead-directions/autodiff'
import { linear } from '@dead-directions/arch-linear'
import { nodeBackend } from '@dead-directions/backend-node'
import { eigenSymmetric, gemm, matrix, type Matrix, singularValues } from '@dead-directions/linalg'
import { buildNetwork, canonicalApproach, forward, type Network, parameterTensors, type ParameterValues, standardNormals } from '@dead-directions/network'
import { createRegistry } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import fc from 'fast-check'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { residual } from '../src/index.ts'
import { probes } from '../src/probes.ts'

const width = 4
const samples = 12
let tensorsBefore = 0

let allResidual: Network
let ladder: Network

beforeAll(async () => {
  await nodeBackend.install()
  const registry = createRegistry().use(linear, residual)
  ;[allResidual, ladder] = probes(width).map(({ network }) => buildNetwork(network, registry)) as [Network, Network]
})
beforeEach(() => void (tensorsBefore = tf.memory().numTensors))
afterEach(() => expect(tf.memory().numTensors).toBe(tensorsBefore))

/** `[samples, width]` activations of the input and of every node by name. */
async function activations(network: Network, parameters: ParameterValues, seed: number): Promise<ReadonlyMap<string, Matrix>> {
  const tensors = parameterTensors(parameters)
  const start = standardNormals(seed, samples * width)
  const inputs = exactTensor(start, [samples, width])
  const seen = new Map<string, tf.Tensor>()
  const output = forward(network, tensors, inputs, {
    node(name, value) {
      seen.set(name, value)
      return value
    },
  })
  const found = new Map([['input', matrix(samples, width, start)]])
  for (const [name, value] of seen) found.set(name, matrix(samples, width, await exactData(value)))
  tf.dispose([inputs, output, ...seen.values(), ...Object.values(tensors)])
  return found
}

const least = (a: Matrix): number => singularValues(a).at(-1) as number
const product = (a: Float64Array, b: Float64Array, transposeA: boolean, rows: number): Float64Array => {
  const c = new Float64Array(width * width)
  gemm({ m: width, n: width, k: rows, a, b, c, transposeA })
  return c
}

/** Branch weights `scale BᵀB + shift I`: positive semidefinite for non-negative ones. */
function branches(network: Network, seed: number, shift: number): ParameterValues {
  return Object.fromEntries(
    Object.entries(network.parameters).map(([name, { shape }], i) => {
      const b = standardNormals(seed + i, width * width).map(z => 0.3 * z)
      return [name, { shape, data: product(b, b, true, width).map((value, at) => value + (at % (width + 1) === 0 ? shift : 0)) }]
    }),
  )
}

test('C8: σ_min(X_ℓ)/σ_min(X_0) ≥ 1 at every depth when the branches are positive semidefinite', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), async seed => {
      const found = await activations(allResidual, branches(allResidual, seed, 0), seed)
      const start = least(found.get('input') as Matrix)
      for (let depth = 1; depth <= 5; depth++) expect(least(found.get(`stream${depth}`) as Matrix) / start).toBeGreaterThan(1 - 1e-12)
    }),
    { numRuns: 15 },
  )
})

test('C8: wherever the pairing of stream and branch is non-negative the block does not lower σ_min, whatever the branch', async () => {
  let paired = 0
  for (let seed = 1; seed <= 15; seed++) {
    const drawn = Object.fromEntries(Object.entries(allResidual.parameters).map(([name, { shape }], i) => [name, { shape, data: standardNormals(seed + 100 * i, width * width).map((z, at) => 0.3 * z + (at % (width + 1) === 0 ? 0.6 : 0)) }]))
    const found = await activations(allResidual, drawn, seed)
    for (let depth = 1; depth <= 5; depth++) {
      const stream = found.get(depth === 1 ? 'input' : `stream${depth - 1}`) as Matrix
      const branch = found.get(`branch${depth}`) as Matrix
      const pairing = product(stream.data, branch.data, true, samples)
      const symmetric = matrix(width, width, pairing.map((value, at) => value + (pairing[(at % width) * width + Math.floor(at / width)] as number)))
      if (Math.min(...eigenSymmetric(symmetric).values) < 0) continue
      paired++
      expect(least(found.get(`stream${depth}`) as Matrix) / least(stream)).toBeGreaterThan(1 - 1e-12)
    }
  }
  expect(paired).toBeGreaterThan(5)
})

test('a negative pairing lowers σ_min: branches -x/2 halve it at every depth', async () => {
  const halving = Object.fromEntries(Object.entries(allResidual.parameters).map(([name, { shape }]) => [name, { shape, data: Float64Array.from({ length: width * width }, (_, at) => (at % (width + 1) === 0 ? -0.5 : 0)) }]))
  const found = await activations(allResidual, halving, 3)
  const start = least(found.get('input') as Matrix)
  for (let depth = 1; depth <= 5; depth++) expect(least(found.get(`stream${depth}`) as Matrix) / start).toBeCloseTo(0.5 ** depth, 14)
})

test('without skips σ_min decays as t^ℓ on the canonical approach, with them it does not decay', async () => {
  const t = 1e-3
  const chain = await activations(ladder, canonicalApproach(ladder, t), 3)
  const stream = await activations(allResidual, canonicalApproach(allResidual, t), 3)
  const start = least(chain.get('input') as Matrix)
  for (let depth = 1; depth <= 5; depth++) {
    const ratio = least(chain.get(`layer${depth}`) as Matrix) / start
    // σ_min of X diag(1, …, 1, t^ℓ) is the dead column's part orthogonal to the living ones, times t^ℓ.
    expect(ratio / t ** depth).toBeGreaterThan(1 - 1e-12)
    expect(ratio / t ** depth).toBeLessThan(10)
    expect(least(stream.get(`stream${depth}`) as Matrix) / start).toBeGreaterThan(1)
  }
})
