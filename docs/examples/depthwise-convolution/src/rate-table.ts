import { linear } from '@dead-directions/arch-linear'
import { nodeBackend } from '@dead-directions/backend-node'
import { probe } from '@dead-directions/conformance'
import { buildNetwork } from '@dead-directions/network'
import { createRegistry } from '@dead-directions/registry'
import { depthwiseConvolution } from './depthwise-convolution.ts'

/** Predicted beside measured rates of two such blocks, the second reading a linear map of the first, as lines of text. */
export async function rateTable(): Promise<string> {
  await nodeBackend.install()
  const registry = createRegistry().use(linear, depthwiseConvolution)
  const network = buildNetwork(
    {
      input: [6, 4],
      nodes: [
        { name: 'near', primitive: 'depthwise-convolution', spec: { width: 4, kernel: 2 }, inputs: ['input'] },
        { name: 'turn', primitive: 'linear', spec: { in: 4, out: 4 }, inputs: ['near'] },
        { name: 'far', primitive: 'depthwise-convolution', spec: { width: 4, kernel: 5 }, inputs: ['turn'] },
      ],
      output: 'far',
      likelihood: 'gaussian',
    },
    registry,
  )
  const { rows } = await probe(network)
  return rows.map(({ node, quantity, predicted, measured }) => `${node.padEnd(5)} ${quantity.padEnd(8)}  predicted ${predicted}  measured ${rounded(measured)}`).join('\n')
}

function rounded(rate: number | null): string {
  // Adding 0 takes the sign off a zero.
  return rate === null ? 'none' : (Math.round(rate * 1000) / 1000 + 0).toFixed(3)
}
