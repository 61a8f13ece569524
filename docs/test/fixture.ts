import { join } from 'node:path'
import { initialParameters, buildNetwork, nodeBackend, presetRegistry, standardNormals, writeCheckpoint, writeNpy } from '@dead-directions/dead-directions'

/** The files that samples read: a checkpoint of four inputs under the names they use, and a sample of its inputs. */
export async function writeFixture(folder: string): Promise<void> {
  await nodeBackend.install()
  const network = buildNetwork(
    { input: [4], nodes: [{ name: 'body', primitive: 'mlp', spec: { widths: [4, 3, 1], activation: 'tanh' }, inputs: ['input'] }], output: 'body', likelihood: 'gaussian' },
    presetRegistry(),
  )
  const checkpoint = { network: network.description, tensors: new Map(Object.entries(initialParameters(network, 1))) }
  for (const place of ['.', 'runs/student', 'runs/narrow']) await writeCheckpoint(join(folder, place), checkpoint)
  for (const place of ['.', 'runs/student']) await writeNpy(join(folder, place, 'inputs.npy'), 64, 4, standardNormals(2, 64 * 4))
}
