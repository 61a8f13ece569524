import { linear } from '@dead-directions/arch-linear'
import { mlp } from '@dead-directions/arch-mlp'
import { nodeBackend } from '@dead-directions/backend-node'
import { createRegistry, type NodeDescription } from '@dead-directions/registry'
import { beforeAll, expect, test } from 'vitest'
import { chainsOf } from './chain.ts'
import { buildNetwork } from './network.ts'

beforeAll(() => nodeBackend.install())

function chainsOfNodes(nodes: readonly NodeDescription[], output: string): readonly { layers: string; whole: boolean }[] {
  const network = buildNetwork({ input: [2], nodes, output, likelihood: 'gaussian' }, createRegistry().use(mlp, linear))
  return chainsOf(network).map(({ maps, whole }) => ({ layers: maps.map(map => map.layer).join(' '), whole }))
}

const node = (name: string, from: string): NodeDescription => ({ name, primitive: 'linear', spec: { in: 2, out: 2 }, inputs: [from] })

test('joins nodes that feed only each other', () => {
  expect(chainsOfNodes([node('a', 'input'), { name: 'b', primitive: 'mlp', spec: { widths: [2, 3, 2], activation: 'relu' }, inputs: ['a'] }], 'b')).toEqual([
    { layers: 'a b.fc1 b.fc2', whole: true },
  ])
})

test('parts where a value is read twice', () => {
  expect(chainsOfNodes([node('a', 'input'), node('b', 'a'), node('c', 'a'), node('d', 'c')], 'd')).toEqual([
    { layers: 'a', whole: false },
    { layers: 'b', whole: false },
    { layers: 'c d', whole: false },
  ])
})
