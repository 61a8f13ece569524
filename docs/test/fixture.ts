import { join } from 'node:path'
import { buildNetwork, initialParameters, type NetworkDescription, nodeBackend, presetRegistry, standardNormals, type TensorData, writeCheckpoint, writeNpy } from '@dead-directions/dead-directions'

/** The files that samples read: a checkpoint of four inputs under the names they use, one with a LayerNorm, and a sample of the inputs of each. */
export async function writeFixture(folder: string): Promise<void> {
  await nodeBackend.install()
  const student = checkpointOf({ input: [4], nodes: [{ name: 'body', primitive: 'mlp', spec: { widths: [4, 3, 1], activation: 'tanh' }, inputs: ['input'] }], output: 'body', likelihood: 'gaussian' }, 1)
  for (const place of ['.', 'runs/student', 'runs/narrow']) await writeCheckpoint(join(folder, place), student)
  for (const place of ['.', 'runs/student']) await writeNpy(join(folder, place, 'inputs.npy'), 64, 4, standardNormals(2, 64 * 4))
  const normalised = checkpointOf({ input: [4], nodes: [{ name: 'norm', primitive: 'layernorm', spec: { width: 4 }, inputs: ['input'] }, { name: 'map', primitive: 'linear', spec: { in: 4, out: 4 }, inputs: ['norm'] }], output: 'map', likelihood: 'gaussian' }, 3)
  normalised.tensors.set('norm.gamma', { shape: [4], data: Float64Array.of(1, 2, 0.5, 4) })
  await writeCheckpoint(join(folder, 'runs/normalised'), normalised)
  await writeNpy(join(folder, 'runs/normalised', 'inputs.npy'), 20, 4, standardNormals(5, 20 * 4))
}

function checkpointOf(description: NetworkDescription, seed: number): { readonly network: NetworkDescription; readonly tensors: Map<string, TensorData> } {
  const network = buildNetwork(description, presetRegistry())
  return { network: network.description, tensors: new Map(Object.entries(initialParameters(network, seed))) }
}
