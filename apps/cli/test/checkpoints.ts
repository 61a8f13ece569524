import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  buildNetwork,
  canonicalApproach,
  initialParameters,
  type Network,
  nodeBackend,
  type ParameterValues,
  presetRegistry,
  standardNormals,
  writeCheckpoint,
  writeLayersModel,
  writeNpy,
} from '@dead-directions/dead-directions'
import { afterAll, beforeAll } from 'vitest'

/** A new temporary folder for the tests of a file, removed after them. */
export function temporaryFolder(): () => string {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'deaddir-'))
    await nodeBackend.install()
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))
  return () => folder
}

/** A network of one perceptron called `body`. */
export function perceptron(widths: readonly number[], activation: string, likelihood: 'gaussian' | 'categorical' = 'gaussian'): Network {
  return buildNetwork(
    { input: [widths[0] as number], nodes: [{ name: 'body', primitive: 'mlp', spec: { widths, activation, bias: false }, inputs: ['input'] }], output: 'body', likelihood },
    presetRegistry(),
  )
}

/** Writes a checkpoint with `samples` normal inputs beside it; returns the arguments of `deaddir read` for them. */
export async function written(folder: string, network: Network, parameters: ParameterValues, samples = 40): Promise<readonly string[]> {
  await writeCheckpoint(folder, { network: network.description, tensors: new Map(Object.entries(parameters)) })
  return ['read', folder, '--inputs', await inputs(folder, network.description.input[0] as number, samples)]
}

/** The same as a LayersModel of TensorFlow.js. */
export async function writtenLayersModel(folder: string, network: Network, parameters: ParameterValues): Promise<readonly string[]> {
  await writeLayersModel(folder, { network: network.description, tensors: new Map(Object.entries(parameters)) })
  return ['read', folder, '--inputs', await inputs(folder, network.description.input[0] as number, 40)]
}

async function inputs(folder: string, width: number, samples: number): Promise<string> {
  const path = join(folder, 'inputs.npy')
  await writeNpy(path, samples, width, standardNormals(3, samples * width))
  return path
}

/** Weights whose signal has the given rank, with random excess of the given size. */
export function planted(network: Network, rank: number, size: number): ParameterValues {
  return Object.fromEntries(
    Object.entries(initialParameters(network, 5)).map(([name, { shape, data }]) => {
      const columns = shape[1] as number
      return [name, { shape, data: data.map((value, i) => size * value + (i % columns === Math.floor(i / columns) && i % columns < rank ? 1 : 0)) }]
    }),
  )
}

/** The depth-5 chain of width 3 on its canonical approach. */
export function chain(activation: string): { network: Network; parameters: ParameterValues } {
  const network = perceptron([3, 3, 3, 3, 3, 3], activation)
  return { network, parameters: canonicalApproach(network, 0.05) }
}

/** A `network.json` with fields of its own, and a safetensors file of the given header and count of data bytes. */
export async function handmade(folder: string, network: Readonly<Record<string, unknown>>, header: unknown, data: Uint8Array): Promise<readonly string[]> {
  const text = new TextEncoder().encode(JSON.stringify(header))
  const length = new Uint8Array(8)
  new DataView(length.buffer).setBigUint64(0, BigInt(text.length), true)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'network.json'), JSON.stringify({ ...minimal, ...network }))
  await writeFile(join(folder, 'weights.safetensors'), Buffer.concat([length, text, data]))
  await writeFile(join(folder, 'inputs.csv'), '1,2\n3,4\n5,6\n')
  return ['read', folder, '--inputs', join(folder, 'inputs.csv')]
}

/** A network from two inputs to one output, and the header and data of its weights. */
const minimal = {
  format: 'dead-directions/network',
  version: 1,
  weights: 'weights.safetensors',
  input: [2],
  nodes: [{ name: 'body', primitive: 'mlp', spec: { widths: [2, 1], activation: 'identity' }, inputs: ['input'] }],
  output: 'body',
  likelihood: 'gaussian',
}
export const goodHeader = { 'body.fc1.weight': { dtype: 'F64', shape: [1, 2], data_offsets: [0, 16] } }

/** Little-endian float64 bytes. */
export function doubles(...values: readonly number[]): Uint8Array {
  return new Uint8Array(Float64Array.from(values).buffer)
}
