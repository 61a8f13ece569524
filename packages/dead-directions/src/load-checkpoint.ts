import { readCheckpoint } from '@dead-directions/checkpoint'
import { buildNetwork, checkParameters, type Network, type ParameterValues } from '@dead-directions/network'
import type { Backend, Likelihood, Registry } from '@dead-directions/registry'
import { presetRegistry } from './preset-registry.ts'

/** A checkpoint ready to be read: its backend is installed and its weights fit its network. */
export interface LoadedCheckpoint {
  readonly network: Network
  readonly parameters: ParameterValues
  readonly backend: Backend
}

/**
 * Reads a checkpoint's folder, installs a backend and builds the network.
 *
 * @param folder with `network.json` and safetensors weights, or a TensorFlow.js `model.json`
 * @param options another registry, backend or likelihood than the preset, `node` and the checkpoint's own
 * @throws BadInput naming the file and field that is wrong
 * @example
 * import { loadCheckpoint, readInputs, readout } from '@dead-directions/dead-directions'
 * const { network, parameters, backend } = await loadCheckpoint('runs/student')
 * const report = await readout(network, parameters, await readInputs('inputs.npy', 4), backend)
 */
export async function loadCheckpoint(
  folder: string,
  options: { readonly registry?: Registry; readonly backend?: string; readonly likelihood?: Likelihood } = {},
): Promise<LoadedCheckpoint> {
  const registry = options.registry ?? presetRegistry()
  const backend = registry.backend(options.backend ?? 'node')
  const { network: description, tensors } = await readCheckpoint(folder)
  await backend.install()
  const network = buildNetwork({ ...description, likelihood: options.likelihood ?? description.likelihood }, registry)
  return { network, parameters: checkParameters(network, tensors), backend }
}
