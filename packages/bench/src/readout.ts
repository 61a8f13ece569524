import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Measurement } from './benchmark.ts'
import type { ReadoutCost } from './readout-cost.ts'
import { wide, type WideNetworkSize } from './wide-network.ts'

// Compiled, this file and the child are `.js`; from source Node itself strips the types.
const fromSource = import.meta.url.endsWith('.ts')

/** What a readout of a wide network takes, in a process of its own. */
export const readoutBenchmark: Measurement = {
  name: 'readout',
  measure: async () => {
    const { seconds, passes, peakMebibytes, progressCalls, longestSilence } = await readoutCostAlone(wide)
    return [
      { quantity: 'time', value: seconds, unit: 's' },
      { quantity: 'cost', value: passes, unit: 'forward and backward passes' },
      { quantity: 'peak memory', value: peakMebibytes, unit: 'MiB' },
      { quantity: 'progress calls', value: progressCalls, unit: '' },
      { quantity: 'longest silence', value: longestSilence, unit: 's' },
    ]
  },
}

/** {@link readoutCost} in a fresh process, so that its peak memory is the readout's own. */
export async function readoutCostAlone({ width, layers, samples }: WideNetworkSize): Promise<ReadoutCost> {
  const child = fileURLToPath(new URL(fromSource ? './readout-child.ts' : './readout-child.js', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [...(fromSource ? ['--conditions=@dead-directions/source'] : []), child, ...[width, layers, samples].map(String)])
  return JSON.parse(stdout)
}
