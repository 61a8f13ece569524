import { type Inputs, layersModelShards, type NetworkWeights, parseCsv, parseJson, parseLayersModel, parseNpy, parseSafetensors } from '@dead-directions/checkpoint/bytes'
import { BadInput, checkNetworkDescription, type NetworkDescription } from '@dead-directions/registry'
import type { DroppedFile } from '../shell/reading.ts'

/** A checkpoint from dropped files, with its inputs where there were some. */
export interface DroppedCheckpoint extends NetworkWeights {
  readonly inputs: ((width: number) => Inputs) | null
}

/**
 * The checkpoint among dropped files, read as the command line reads its folder.
 *
 * @throws BadInput naming the file and what is wrong
 */
export function readDropped(files: readonly DroppedFile[]): DroppedCheckpoint {
  const named = (name: string): DroppedFile | undefined => files.find(({ path }) => path === name || path.endsWith(`/${name}`))
  const needed = (name: string): DroppedFile => {
    const file = named(name)
    if (file === undefined) throw new BadInput(name, undefined, 'a file among those dropped')
    return file
  }
  const main = named('network.json') ?? needed('model.json')
  const content = parseJson(main.bytes, main.path)
  const checkpoint = typeof content === 'object' && content !== null && 'modelTopology' in content ? layersModel(content, main.path, needed) : network(content, main.path, needed)
  return { ...checkpoint, inputs: inputsAmong(named) }
}

function network(content: unknown, path: string, needed: (name: string) => DroppedFile): NetworkWeights {
  const { weights, format, version, ...description } = content as Record<string, unknown>
  if (format !== 'dead-directions/network' || version !== 1) throw new BadInput(`${path}.format`, `${String(format)}, version ${String(version)}`, 'dead-directions/network, version 1')
  if (typeof weights !== 'string') throw new BadInput(`${path}.weights`, weights, 'the name of a safetensors file')
  const file = needed(weights)
  return { network: checkNetworkDescription(description as unknown as NetworkDescription, path), tensors: parseSafetensors(file.bytes, file.path, { requireFinite: true }) }
}

function layersModel(content: object, path: string, needed: (name: string) => DroppedFile): NetworkWeights {
  const shards = layersModelShards(content, path).map(name => needed(name).bytes)
  const weights = new Uint8Array(shards.reduce((sum, { length }) => sum + length, 0))
  shards.reduce((at, shard) => (weights.set(shard, at), at + shard.length), 0)
  return parseLayersModel(content, weights, path)
}

function inputsAmong(named: (name: string) => DroppedFile | undefined): DroppedCheckpoint['inputs'] {
  const [npy, csv] = [named('inputs.npy'), named('inputs.csv')]
  if (npy !== undefined) {
    return width => {
      const { shape, data } = parseNpy(npy.bytes, npy.path)
      const [rows = 0, cols = 1] = shape
      if (shape.length > 2 || cols !== width || rows === 0) throw new BadInput(`${npy.path} shape`, shape, `[samples, ${width}]`)
      return { rows, cols, data }
    }
  }
  return csv === undefined ? null : width => parseCsv(new TextDecoder().decode(csv.bytes), width, csv.path)
}
