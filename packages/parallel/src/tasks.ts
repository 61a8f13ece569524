import { conformance, type ConformanceReport, roundup, type Roundup } from '@dead-directions/conformance'
import { buildNetwork, type Matrix, type Network, type ParameterValues, presetRegistry, readout, type ReadoutOptions, type Report } from '@dead-directions/dead-directions'
import { type ChainOutcome, type ChainTask, type Landscape, type LlcEstimate, type LlcOptions, type LlcRefusal, localLearningCoefficient, networkLandscape, runChain } from '@dead-directions/llc'
import type { Backend, NetworkDescription } from '@dead-directions/registry'

/** A network of built-in primitives with its weights and a sample of inputs. */
export interface Checkpoint {
  readonly network: NetworkDescription
  readonly parameters: ParameterValues
  /** `[samples, in]` */
  readonly inputs: Matrix
  /** TensorFlow.js backend by its registered name. Default `node`, in float64. */
  readonly backend?: string
}

/** A checkpoint to be read. */
export interface ReadoutTask extends Checkpoint, Pick<ReadoutOptions, 'seed' | 'priorOrder' | 'beta' | 'observations'> {}

/** A checkpoint with targets, drawn from it or given. */
export interface LlcData extends Checkpoint {
  /** `[samples, out]`, or one class for each output position. */
  readonly targets: Matrix
}

/** A checkpoint whose learning coefficient is to be sampled. */
export interface LlcTask extends LlcData {
  readonly options: Omit<LlcOptions, 'onProgress' | 'signal'>
}

/** One chain of a learning coefficient. */
export interface ChainOf extends LlcData {
  readonly chain: ChainTask
  /** One entry in shared memory: the steps that the chain has done. */
  readonly done: Int32Array
}

/** A built-in primitive whose rates are to be probed in networks of `width` features. */
export interface RoundupTask {
  readonly primitive: string
  readonly width: number
}

/** What a worker can be asked, by name. */
export interface Jobs {
  readonly readout: { readonly task: ReadoutTask; readonly result: Report }
  readonly llc: { readonly task: LlcTask; readonly result: LlcEstimate | LlcRefusal }
  readonly chain: { readonly task: ChainOf; readonly result: ChainOutcome }
  readonly conformance: { readonly task: string; readonly result: ConformanceReport }
  readonly roundup: { readonly task: RoundupTask; readonly result: Roundup }
}

/** Every job as it runs on whichever thread it is called. */
export const jobs: { readonly [name in keyof Jobs]: (task: Jobs[name]['task']) => Promise<Jobs[name]['result']> } = {
  async readout({ parameters, inputs, network: description, backend: name, ...options }) {
    const { network, backend } = await ready(description, name)
    return readout(network, parameters, inputs, backend, options)
  },
  async llc({ options, ...data }) {
    return localLearningCoefficient(await landscapeOf(data), options)
  },
  async chain({ chain, done, ...data }) {
    return runChain(await landscapeOf(data), chain, steps => Atomics.store(done, 0, steps))
  },
  async conformance(name) {
    const registry = presetRegistry()
    await registry.backend('node').install()
    return conformance(registry.architecture(name), registry)
  },
  async roundup({ primitive, width }) {
    const registry = presetRegistry()
    await registry.backend('node').install()
    return roundup([registry.architecture(primitive)], registry, width)
  },
}

async function landscapeOf({ parameters, inputs, targets, network: description, backend: name }: LlcData): Promise<Landscape> {
  const { network } = await ready(description, name)
  return networkLandscape({ network, parameters, inputs, targets })
}

/** A network of built-in primitives on its backend, which this installs. */
async function ready(description: NetworkDescription, name = 'node'): Promise<{ network: Network; backend: Backend }> {
  const registry = presetRegistry()
  const backend = registry.backend(name)
  await backend.install()
  return { network: buildNetwork(description, registry), backend }
}
