import { nodeBackend } from '@dead-directions/backend-node'
import { readout } from '@dead-directions/readout'
import type { Growth } from './growth.ts'
import { withDeadChannel } from './readout-cost.ts'
import { wideNetwork, type WideNetworkSize } from './wide-network.ts'

/** A readout's time against the network's width, with the gradients of every output and with drawn labels, and against its depth. */
export const readoutGrowthBenchmark: Growth = {
  name: 'readout-growth',
  rounds: 5,
  series: [
    { name: 'width, every output', variable: 'width', sizes: [16, 32, 64], prepare: width => ready({ width, layers: 4, samples: 64 }) },
    { name: 'width, drawn labels', variable: 'width', sizes: [64, 128, 256, 512], prepare: width => ready({ width, layers: 4, samples: 256 }) },
    { name: 'depth', variable: 'layers', sizes: [2, 4, 8, 16], prepare: layers => ready({ width: 64, layers, samples: 256 }) },
  ],
}

async function ready(size: WideNetworkSize): Promise<() => Promise<unknown>> {
  const { network, parameters, inputs } = await wideNetwork(size)
  const planted = withDeadChannel(parameters)
  return async () => {
    const { channels } = await readout(network, planted, inputs, nodeBackend)
    if (channels.length !== 1) throw new Error(`width ${size.width}, ${size.layers} layers: ${channels.length} channels, expected the one planted`)
  }
}
