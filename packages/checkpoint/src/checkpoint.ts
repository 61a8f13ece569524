import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { BadInput, checked, checkNetworkDescription, type NetworkDescription, type TensorData } from '@dead-directions/registry'
import { type } from 'arktype'
import { exists, inside, readBytes, replaceFiles } from './folder.ts'
import { encodeLayersModel } from './layers-model-encode.ts'
import { layersModelShards, type NetworkWeights, parseLayersModel } from './layers-model.ts'
import { openSafetensors } from './open-safetensors.ts'
import { encodeSafetensors } from './safetensors.ts'
import type { FloatScalar } from './scalar.ts'
import { parseJson } from './strict-json.ts'
import { checkFinite, tensorField } from './tensor-check.ts'

/** A network, its weights, and the files that they came from. */
export interface Checkpoint extends NetworkWeights {
  readonly files: readonly string[]
}

const format = 'dead-directions/network'
const version = 1

const networkFile = type({ format: `'${format}'`, version: type.unit(version), weights: 'string' })

/**
 * Reads a folder with a `network.json` and its safetensors file, or with a TensorFlow.js LayersModel that is a chain of dense layers.
 *
 * @param path of the folder, of its `network.json` or of its `model.json`
 * @returns the network, its tensors by `<node>.<parameter>`, and the files read
 * @throws BadInput naming the file and what is wrong: a missing file, another format or version, a weights path that leaves the folder,
 *   a NaN or infinite weight, a layer that a chain of dense layers cannot hold
 * @example
 * import { readCheckpoint } from '@dead-directions/checkpoint'
 * const { network, tensors } = await readCheckpoint('runs/narrow')
 */
export async function readCheckpoint(path: string): Promise<Checkpoint> {
  const file = await mainFile(path)
  const content = parseJson(await readBytes(file), file)
  const isLayersModel = typeof content === 'object' && content !== null && 'modelTopology' in content
  return isLayersModel ? readLayersModel(file, content) : readNetwork(file, content)
}

/**
 * Writes `network.json` and `weights.safetensors` into a folder, each beside its place and then renamed.
 *
 * @param folder made if it is not there
 * @param checkpoint the network, its tensors by `<node>.<parameter>` and the dtype of the file (default F64)
 * @throws BadInput when the description is not one or a weight is not finite; what was in the folder stays then
 * @example
 * import { writeCheckpoint } from '@dead-directions/checkpoint'
 * await writeCheckpoint('runs/line', {
 *   network: {
 *     input: [1],
 *     nodes: [{ name: 'body', primitive: 'mlp', spec: { widths: [1, 1], activation: 'identity', bias: false }, inputs: ['input'] }],
 *     output: 'body',
 *     likelihood: 'gaussian',
 *   },
 *   tensors: new Map([['body.fc1.weight', { shape: [1, 1], data: Float64Array.of(2) }]]),
 * })
 */
export async function writeCheckpoint(folder: string, checkpoint: NetworkWeights & { readonly dtype?: FloatScalar }): Promise<void> {
  const { tensors, dtype = 'F64' } = checkpoint
  const weights = 'weights.safetensors'
  const network = { format, version, weights, ...described(checkpoint.network, 'network') }
  for (const [name, tensor] of tensors) checkFinite(tensor, tensorField('tensor', name))
  await replaceFiles(
    new Map([
      [join(folder, weights), encodeSafetensors(tensors, { dtype })],
      [join(folder, 'network.json'), jsonBytes(network)],
    ]),
  )
}

/**
 * Writes a network of one `mlp` node as a TensorFlow.js LayersModel: `model.json` and `weights.bin`, rounded to float32.
 *
 * @param folder made if it is not there
 * @param checkpoint the network and its tensors by `<node>.<parameter>`
 * @throws BadInput when the network is no single `mlp`, or a tensor is missing or has another shape
 * @example
 * import { readCheckpoint, writeLayersModel } from '@dead-directions/checkpoint'
 * await writeLayersModel('runs/narrow-tfjs', await readCheckpoint('runs/narrow'))
 */
export async function writeLayersModel(folder: string, checkpoint: NetworkWeights): Promise<void> {
  const { model, weights } = encodeLayersModel(checkpoint)
  await replaceFiles(
    new Map([
      [join(folder, 'weights.bin'), weights],
      [join(folder, 'model.json'), jsonBytes(model)],
    ]),
  )
}

async function mainFile(path: string): Promise<string> {
  if (path.endsWith('.json')) return path
  for (const name of ['network.json', 'model.json']) {
    if (await exists(join(path, name))) return join(path, name)
  }
  const found = await readdir(path).catch(() => undefined)
  throw new BadInput(`checkpoint ${path}`, found, 'a folder with a network.json or a model.json')
}

async function readNetwork(file: string, content: unknown): Promise<Checkpoint> {
  const { weights } = checked(networkFile, content, file)
  const network = described(content as NetworkDescription, file)
  const path = await inside(dirname(file), weights, `${file}.weights`)
  const source = await openSafetensors(path)
  const tensors = new Map<string, TensorData>()
  try {
    for (const name of source.entries.keys()) {
      const { shape, data } = await source.read(name)
      checkFinite({ shape, data }, tensorField(path, name))
      tensors.set(name, { shape, data })
    }
  } finally {
    await source.close()
  }
  return { network, tensors, files: [file, path] }
}

async function readLayersModel(file: string, model: unknown): Promise<Checkpoint> {
  const shards: string[] = []
  for (const shard of layersModelShards(model, file)) shards.push(await inside(dirname(file), shard, `${file}.weightsManifest.paths`))
  const weights = Buffer.concat(await Promise.all(shards.map(readBytes)))
  const parsed = parseLayersModel(model, weights, file)
  return { ...parsed, files: [file, ...shards] }
}

function described(value: NetworkDescription, field: string): NetworkDescription {
  const { input, nodes, output, likelihood } = checkNetworkDescription(value, field)
  return { input, nodes, output, likelihood }
}

function jsonBytes(value: object): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`)
}
