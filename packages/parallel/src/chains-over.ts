import type { ChainRunner } from '@dead-directions/llc'
import type { Pool } from './pool.ts'
import { shared } from './shared-memory.ts'
import type { LlcData } from './tasks.ts'

/** Milliseconds between looks at how far the chains are. */
const LOOK = 100

/**
 * The chains of one learning coefficient over a pool's threads, to be handed to `localLearningCoefficient`, whose result then has
 * the bits that it has on one thread.
 *
 * @param data the network and the data that the landscape was made of
 * @example
 * import { buildNetwork, initialParameters, matrix, nodeBackend, presetRegistry, standardNormals } from '@dead-directions/dead-directions'
 * import { drawTargets, localLearningCoefficient, networkLandscape } from '@dead-directions/llc'
 * import { chainsOver, openPool } from '@dead-directions/parallel'
 *
 * await nodeBackend.install()
 * const network = buildNetwork({
 *   input: [2],
 *   nodes: [{ name: 'map', primitive: 'linear', spec: { in: 2, out: 1, bias: false }, inputs: ['input'] }],
 *   output: 'map',
 *   likelihood: 'gaussian',
 * }, presetRegistry())
 * const parameters = initialParameters(network, 1)
 * const inputs = matrix(50, 2, standardNormals(2, 100))
 * const targets = await drawTargets(network, parameters, inputs, 3)
 * const landscape = await networkLandscape({ network, parameters, inputs, targets })
 * const pool = openPool({ threads: 2 })
 * const chains = chainsOver(pool, { network: network.description, parameters, inputs, targets })
 * const result = await localLearningCoefficient(landscape, { chains: 2, draws: 100 }, chains)
 * await pool.close()
 */
export function chainsOver(pool: Pool, data: LlcData): ChainRunner {
  return async (tasks, onSteps) => {
    // Moved once for all chains.
    const common = shared(data)
    const done = tasks.map(() => new Int32Array(new SharedArrayBuffer(4)))
    const threads = Math.min(pool.threads, tasks.length)
    const words = `${tasks.length} chains on ${threads} thread${threads === 1 ? '' : 's'}`
    const tell = (): void => onSteps(done.reduce((sum, own) => sum + Atomics.load(own, 0), 0), words)
    const looking = setInterval(tell, LOOK)
    try {
      return await pool.map('chain', tasks.map((chain, i) => ({ ...common, chain, done: done[i]! })), tell)
    } finally {
      clearInterval(looking)
    }
  }
}
