import { linear } from '@dead-directions/arch-linear'
import { mlp } from '@dead-directions/arch-mlp'
import { nodeBackend } from '@dead-directions/backend-node'
import { fromRows, type Matrix, singularValues } from '@dead-directions/linalg'
import { buildNetwork, initialParameters, standardNormals } from '@dead-directions/network'
import { createRegistry, type Likelihood } from '@dead-directions/registry'
import { beforeAll, expect, test } from 'vitest'
import { gaugeTangents } from './gauge-tangents.ts'
import { horizontalFisher } from './horizontal.ts'

beforeAll(() => nodeBackend.install())

test.each([
  ['relu', true, 'gaussian', 4],
  ['identity', true, 'gaussian', 16],
  ['tanh', true, 'categorical', 5],
  ['relu', false, 'categorical', 4 + 4],
] as const)('a %s network of four units (bias %s, %s) has %i gauge directions', (activation, bias, likelihood: Likelihood, dimension) => {
  const nodes = [{ name: 'body', primitive: 'mlp', spec: { widths: [3, 4, 2], activation, bias }, inputs: ['input'] }]
  const network = buildNetwork({ input: [3], nodes, output: 'body', likelihood }, createRegistry().use(mlp))
  const drawn = initialParameters(network, 9)
  // With no bias some linear maps of the units would move nothing.
  const parameters = Object.fromEntries(Object.entries(drawn).map(([name, { shape, data }]) => [name, { shape, data: name.endsWith('bias') ? standardNormals(4, data.length) : data }]))
  const rows = gaugeTangents(network, parameters).flatMap(({ tangents }) =>
    tangents.map(tangent => Object.keys(parameters).flatMap(name => Array.from(tangent[name] ?? new Float64Array(parameters[name]?.data.length ?? 0)))),
  )
  expect(singularValues(fromRows(rows)).filter(s => s > 1e-10)).toHaveLength(dimension)
})

test('the Fisher matrix of a softmax head is null on constants, and nowhere else', () => {
  const nodes = [{ name: 'head', primitive: 'linear', spec: { in: 2, out: 3 }, inputs: ['input'] }]
  const network = buildNetwork({ input: [2], nodes, output: 'head', likelihood: 'categorical' }, createRegistry().use(linear))
  const parameters = initialParameters(network, 1)
  const p = [0.5, 0.3, 0.2]
  // Scores √p_y (e_y - p) ⊗ x, whose Gram matrix is (diag(p) - p pᵀ) ⊗ x xᵀ.
  const scores: Matrix = fromRows(
    [1, 2, 3].flatMap(seed => p.map((py, y) => p.flatMap((pc, c) => [...standardNormals(seed, 2)].map(x => Math.sqrt(py) * (Number(c === y) - pc) * x)))),
  )
  expect(Array.from(singularValues(scores)).filter(s => s < 1e-14)).toHaveLength(2)
  const values = horizontalFisher(network, parameters, scores)
  expect(values).toHaveLength(4)
  values.forEach((s, i) => expect(s / (singularValues(scores)[i] as number)).toBeCloseTo(1, 12))
  expect(values[3]).toBeGreaterThan(0.01)
})
