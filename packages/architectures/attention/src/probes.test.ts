import { linear } from '@dead-directions/arch-linear'
import { nodeBackend } from '@dead-directions/backend-node'
import { buildNetwork } from '@dead-directions/network'
import { createRegistry } from '@dead-directions/registry'
import { expect, test } from 'vitest'
import { attention } from './attention.ts'
import { probes } from './probes.ts'

test('are networks of known primitives that take and give the width', async () => {
  await nodeBackend.install()
  const registry = createRegistry().use(attention, linear)
  const networks = probes(4).map(({ network }) => buildNetwork(network, registry))
  expect(networks.map(({ nodes }) => nodes.map(({ architecture }) => architecture.name[0]).join(''))).toEqual(['aaaa', 'aaaaaa', 'aaaal'])
  for (const { outputShape } of networks) expect(outputShape).toEqual([3, 4])
})
