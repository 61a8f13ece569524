import { nodeBackend } from '@dead-directions/backend-node'
import type { ParameterValues } from '@dead-directions/network'
import { readout } from '@dead-directions/readout'
import { spreadOf } from './statistics.ts'
import { forwardBackward, wideNetwork, type WideNetworkSize } from './wide-network.ts'

/** What a readout takes of a machine. */
export interface ReadoutCost {
  readonly seconds: number
  /** The readout's time over that of a plain forward and backward pass on the same inputs. */
  readonly passes: number
  /** Largest memory of the process up to the readout's end, in MiB; what counts only in a process of its own. */
  readonly peakMebibytes: number
  /** Calls that tell how far the readout is. */
  readonly progressCalls: number
  /** Longest time without such a call. */
  readonly longestSilence: number
}

/** Reads a wide network with one channel that dies through its first three layers, once. */
export async function readoutCost(size: WideNetworkSize): Promise<ReadoutCost> {
  const setting = await wideNetwork(size)
  const parameters = withDeadChannel(setting.parameters)
  const start = performance.now()
  const calls = [start]
  await readout(setting.network, parameters, setting.inputs, nodeBackend, { onProgress: () => void calls.push(performance.now()) })
  const end = performance.now()
  const peak = process.resourceUsage().maxRSS
  const silences = [...calls.slice(1), end].map((time, i) => time - calls[i]!)
  return {
    seconds: (end - start) / 1000,
    passes: (end - start) / passMilliseconds(forwardBackward(setting)),
    peakMebibytes: peak / 1024,
    progressCalls: calls.length - 1,
    longestSilence: Math.max(...silences) / 1000,
  }
}

/** Unit 0 of the first four layers hears and feeds only unit 0 of the next, by a weight of 1/100. */
export function withDeadChannel(parameters: ParameterValues): ParameterValues {
  const entries = Object.entries(parameters).map(([name, { shape, data }], layer) => {
    if (layer >= 4) return [name, { shape, data }] as const
    const columns = shape[1]!
    const planted = data.map((value, i) => (i < columns || i % columns === 0 ? 0 : value))
    planted[0] = 0.01
    return [name, { shape, data: planted }] as const
  })
  return Object.fromEntries(entries)
}

function passMilliseconds(pass: () => void): number {
  for (let i = 0; i < 3; i++) pass()
  const times = Array.from({ length: 9 }, () => {
    const start = performance.now()
    pass()
    return performance.now() - start
  })
  return spreadOf(times).median
}
