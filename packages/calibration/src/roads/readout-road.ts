import { mlp } from '@dead-directions/arch-mlp'
import { buildNetwork } from '@dead-directions/network'
import { readout } from '@dead-directions/readout'
import { type Architecture, createRegistry, type Registry } from '@dead-directions/registry'
import type { KnownAnswer } from '../model.ts'
import { refused, type RoadContext, type RoadOutcome, ROUNDING } from '../road.ts'

/** λ and m as the readout finds them in a checkpoint beside the truth. Source: arXiv 2606.05957, the readout (theory rows F.1–F.6). */
export async function readoutRoad({ network: truth }: KnownAnswer, { backend, seed, onProgress }: RoadContext): Promise<RoadOutcome> {
  if (truth === null) return refused('the model is no network')
  if (backend === undefined) return refused('no backend was given to run the network on')
  const counter = { passes: 0 }
  const network = buildNetwork(truth.description, countingRegistry(counter))
  counter.passes = 0
  const { total, missing } = await readout(network, truth.nearby, truth.inputs, backend, { seed, onProgress: (done, all) => onProgress(done / all) })
  const { passes } = counter
  if (total === null) return refused(missing as string, passes)
  return { kind: 'reading', lambda: total.lambda, multiplicity: total.multiplicity, standardError: 0, bar: ROUNDING, passes }
}

/** The perceptron, with every forward pass through it counted. */
function countingRegistry(counter: { passes: number }): Registry {
  const counted: typeof mlp = {
    ...mlp,
    forward: (...call) => {
      counter.passes++
      return mlp.forward(...call)
    },
  }
  return createRegistry().use(counted as Architecture)
}
