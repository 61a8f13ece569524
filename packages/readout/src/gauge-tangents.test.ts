import { gaugeTangents } from '@dead-directions/quotient'
import { exactTensor } from '@dead-directions/autodiff'
import { mlp } from '@dead-directions/arch-mlp'
import { nodeBackend } from '@dead-directions/backend-node'
import { multiply, singularValues, transpose } from '@dead-directions/linalg'
import { buildNetwork, initialParameters, standardNormals } from '@dead-directions/network'
import { createRegistry, type Likelihood } from '@dead-directions/registry'
import { beforeAll, expect, test } from 'vitest'
import { asRows, scoreMatrix } from './score.ts'

beforeAll(() => nodeBackend.install())

test.each([
  ['relu', true, 'gaussian', 4],
  ['identity', true, 'gaussian', 16],
  ['tanh', true, 'categorical', 5],
  ['relu', false, 'categorical', 4 + 4],
] as const)('the scores annihilate the gauges of a %s network (bias %s, %s), %i dimensions of them', async (activation, bias, likelihood: Likelihood, dimension) => {
  const network = buildNetwork(
    { input: [3], nodes: [{ name: 'body', primitive: 'mlp', spec: { widths: [3, 4, 2], activation, bias }, inputs: ['input'] }], output: 'body', likelihood },
    createRegistry().use(mlp),
  )
  const parameters = initialParameters(network, 9)
  const biased = Object.fromEntries(Object.entries(parameters).map(([name, { shape, data }]) => [name, { shape, data: name.endsWith('bias') ? standardNormals(4, data.length) : data }]))
  const inputs = exactTensor(standardNormals(1, 90), [30, 3])
  const scores = await scoreMatrix(network, biased, inputs)
  inputs.dispose()
  const rows = asRows(network, gaugeTangents(network, biased).flatMap(({ tangents }) => tangents))
  const largest = Math.max(...multiply(scores, transpose(rows)).data.map(Math.abs))
  expect(largest / (singularValues(scores)[0] as number)).toBeLessThan(1e-14)
  expect(singularValues(rows).filter(s => s > 1e-10)).toHaveLength(dimension)
})
