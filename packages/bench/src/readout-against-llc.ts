import { mlp } from '@dead-directions/arch-mlp'
import { nodeBackend } from '@dead-directions/backend-node'
import { deepLinearNetwork } from '@dead-directions/dead-directions'
import { matrix } from '@dead-directions/linalg'
import { drawTargets, localLearningCoefficient, networkLandscape } from '@dead-directions/llc'
import { buildNetwork, initialParameters, type Network, type ParameterValues, standardNormals } from '@dead-directions/network'
import { readout } from '@dead-directions/readout'
import { type Architecture, createRegistry } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import type { Measurement, Quantity } from './benchmark.ts'

/** A linear network whose end-to-end map has a known rank, and how much data each side is given. */
export interface LinearModel {
  readonly name: string
  readonly widths: readonly number[]
  readonly rank: number
  /** Inputs of the readout. */
  readonly readoutInputs: number
  /** Observations of the sampler. */
  readonly observations: number
  readonly draws: number
}

/** What one side said of λ and took for it. */
export interface Side {
  readonly lambda: number
  readonly standardError: number
  /** Passes of one input forward, or backward, through the network. */
  readonly passes: number
  readonly seconds: number
}

const models: readonly LinearModel[] = [
  { name: 'reduced-rank 4→2→3, rank 1', widths: [4, 2, 3], rank: 1, readoutInputs: 256, observations: 20_000, draws: 800 },
  { name: 'deep linear 4→2→2→4, rank 1', widths: [4, 2, 2, 4], rank: 1, readoutInputs: 256, observations: 20_000, draws: 800 },
]

/** λ of linear networks by the readout and by sampling, both beside the closed form, with what each takes. */
export const readoutAgainstLlcBenchmark: Measurement = {
  name: 'readout-against-llc',
  measure: async () => {
    const quantities: Quantity[] = []
    for (const model of models) quantities.push(...(await quantitiesOf(model)))
    return quantities
  },
}

async function quantitiesOf(model: LinearModel): Promise<readonly Quantity[]> {
  const { exact, read, sampled } = await bothSides(model)
  const quantity = (name: string, value: number, unit = ''): Quantity => ({ quantity: `${model.name}: ${name}`, value, unit })
  return [
    quantity('λ', exact),
    quantity('λ by readout', read.lambda),
    quantity('λ by SGHMC', sampled.lambda),
    quantity('its standard error', sampled.standardError),
    quantity('readout', read.passes, 'passes of one input'),
    quantity('SGHMC', sampled.passes, 'passes of one input'),
    quantity('readout', read.seconds, 's'),
    quantity('SGHMC', sampled.seconds, 's'),
    quantity('passes, SGHMC over readout', sampled.passes / read.passes),
    quantity('time, SGHMC over readout', sampled.seconds / read.seconds),
  ]
}

/** The closed form and both sides on one checkpoint. */
export async function bothSides(model: LinearModel): Promise<{ exact: number; read: Side; sampled: Side }> {
  await nodeBackend.install()
  const counter = countingMlp()
  const network = buildNetwork(
    { input: [model.widths[0]!], nodes: [{ name: 'body', primitive: 'mlp', spec: { widths: model.widths, activation: 'identity', bias: false }, inputs: ['input'] }], output: 'body', likelihood: 'gaussian' },
    createRegistry().use(counter.architecture),
  )
  const parameters = planted(network, model.rank)
  const sides = { read: () => byReadout(network, parameters, model), sampled: () => bySampling(network, parameters, model) }
  return { exact: deepLinearNetwork(model.widths, model.rank).lambda, read: await counted(counter, sides.read), sampled: await counted(counter, sides.sampled) }
}

async function byReadout(network: Network, parameters: ParameterValues, { widths, readoutInputs }: LinearModel): Promise<Pick<Side, 'lambda' | 'standardError'>> {
  const inputs = matrix(readoutInputs, widths[0]!, standardNormals(2, readoutInputs * widths[0]!))
  const { total, missing } = await readout(network, parameters, inputs, nodeBackend)
  if (total === null) throw new Error(`readout: ${missing}`)
  return { lambda: total.lambda, standardError: 0 }
}

/**
 * SGHMC over all observations. At 0.4 of the usual inverse temperature the sample's own noise moves λ̂ by under 2 %; with batches
 * the step size has to fall by more than a pass saves.
 */
async function bySampling(network: Network, parameters: ParameterValues, { widths, observations, draws }: LinearModel): Promise<Pick<Side, 'lambda' | 'standardError'>> {
  const inputs = matrix(observations, widths[0]!, standardNormals(3, observations * widths[0]!))
  const targets = await drawTargets(network, parameters, inputs, 4)
  const landscape = await networkLandscape({ network, parameters, inputs, targets })
  const inverseTemperature = 0.4 / Math.log(observations)
  const result = await localLearningCoefficient(landscape, { sampler: 'sghmc', inverseTemperature, draws, fluctuationDraws: 8, seed: 1 })
  if (result.kind === 'refused') throw new Error(`sampling: ${result.reason}`)
  const { value, standardError } = result.overSamples!
  return { lambda: value, standardError }
}

/** Runs one side with what it took. */
async function counted(counter: CountingMlp, side: () => Promise<Pick<Side, 'lambda' | 'standardError'>>): Promise<Side> {
  const [before, start] = [counter.passes(), performance.now()]
  const { lambda, standardError } = await side()
  return { lambda, standardError, passes: counter.passes() - before, seconds: (performance.now() - start) / 1000 }
}

/** A perceptron that counts, input by input, how often it is gone through forwards and backwards. */
export interface CountingMlp {
  readonly architecture: Architecture
  passes(): number
}

export function countingMlp(): CountingMlp {
  let passes = 0
  // The identity; its gradient is asked for once in every backward pass.
  const watched = tf.customGrad(x => {
    const value = x as tf.Tensor
    passes += value.shape[0]!
    return {
      value: value.clone(),
      gradFunc: (dy: tf.Tensor) => {
        passes += value.shape[0]!
        return dy.clone()
      },
    }
  })
  const forward: Architecture['forward'] = (...given) => watched(mlp.forward(...(given as Parameters<typeof mlp.forward>)))
  return { architecture: { ...mlp, forward } as Architecture, passes: () => passes }
}

/** Weights with ones on the diagonal up to the rank, and small normal excess. */
function planted(network: Network, rank: number): ParameterValues {
  const entries = Object.entries(initialParameters(network, 5)).map(([name, { shape, data }]) => {
    const columns = shape[1]!
    return [name, { shape, data: data.map((value, i) => 0.02 * value + (i % columns === Math.floor(i / columns) && i % columns < rank ? 1 : 0)) }] as const
  })
  return Object.fromEntries(entries)
}
