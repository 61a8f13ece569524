import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BadInput, type TensorData } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readCheckpoint, writeLayersModel } from './checkpoint.ts'
import { encodeLayersModel } from './layers-model-encode.ts'
import { type NetworkWeights, parseLayersModel } from './layers-model.ts'
import { mlpLayers } from './mlp-spec.ts'
import { parseJson } from './strict-json.ts'

let folder: string
let tensorsBefore: number
beforeEach(async () => {
  await tf.setBackend('cpu')
  tensorsBefore = tf.memory().numTensors
  folder = await mkdtemp(join(tmpdir(), 'layers-model-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
  expect(tf.memory().numTensors).toBe(tensorsBefore)
})

const functions: Readonly<Record<string, (x: number) => number>> = {
  identity: x => x,
  relu: x => Math.max(x, 0),
  tanh: Math.tanh,
  softplus: x => Math.log1p(Math.exp(x)),
  sigmoid: x => 1 / (1 + Math.exp(-x)),
  silu: x => x / (1 + Math.exp(-x)),
  gelu: x => (x / 2) * (1 + erf(x / Math.SQRT2)),
}

/** The Maclaurin series, good to float64 for the small arguments here. */
function erf(x: number): number {
  let term = x
  let sum = x
  for (let n = 1; n < 80; n++) {
    term *= -(x * x) / n
    sum += term / (2 * n + 1)
  }
  return (2 / Math.sqrt(Math.PI)) * sum
}

/** What the network computes for one input, from the meaning of an `mlp` node and nothing else. */
function forward({ network, tensors }: NetworkWeights, input: readonly number[]): number[] {
  const { name, layers } = mlpLayers(network)
  let x = [...input]
  layers.forEach(({ inputs, outputs, activation, bias }, i) => {
    const weight = (tensors.get(`${name}.fc${i + 1}.weight`) as TensorData).data
    const offset = bias ? (tensors.get(`${name}.fc${i + 1}.bias`) as TensorData).data : undefined
    const act = functions[activation] as (x: number) => number
    x = Array.from({ length: outputs }, (_, row) => act(x.reduce((sum, value, j) => sum + value * (weight[row * inputs + j] as number), offset?.[row] ?? 0)))
  })
  if (network.likelihood === 'gaussian') return x
  const total = x.reduce((sum, value) => sum + Math.exp(value), 0)
  return x.map(value => Math.exp(value) / total)
}

async function artifactsOf(model: tf.LayersModel): Promise<tf.io.ModelArtifacts> {
  let kept: tf.io.ModelArtifacts = {}
  await model.save(
    tf.io.withSaveHandler(async artifacts => {
      kept = artifacts
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } }
    }),
  )
  return kept
}

interface WeightsGroup {
  readonly paths: string[]
  readonly weights: readonly tf.io.WeightsManifestEntry[]
}

async function put(modelTopology: unknown, weightsManifest: WeightsGroup[], shards: Uint8Array[]): Promise<void> {
  await writeFile(join(folder, 'model.json'), JSON.stringify({ format: 'layers-model', modelTopology, weightsManifest }))
  const paths = weightsManifest.flatMap(group => group.paths)
  for (const [i, path] of paths.entries()) await writeFile(join(folder, path), shards[i] as Uint8Array)
}

async function save(model: tf.LayersModel): Promise<void> {
  const { modelTopology, weightSpecs = [], weightData } = await artifactsOf(model)
  const bytes = new Uint8Array(weightData as ArrayBuffer)
  const cut = 7
  const shards = [bytes.slice(0, cut), bytes.slice(cut)]
  await put(modelTopology, [{ paths: ['group1-shard1of2.bin', 'group1-shard2of2.bin'], weights: weightSpecs }], shards)
}

const inputs = Array.from({ length: 5 }, (_, i) => Array.from({ length: 4 }, (_, j) => Math.sin(3 * i + 5 * j + 1)))

function predictions(model: tf.LayersModel): number[][] {
  return tf.tidy(() => (model.predict(tf.tensor2d(inputs)) as tf.Tensor2D).arraySync())
}

/** float32 keeps 24 bits, and each sum here has fewer than ten terms of size about one. */
function expectClose(actual: number[][], expected: number[][]): void {
  const worst = Math.max(...actual.flatMap((row, i) => row.map((value, j) => Math.abs(value - (expected[i]?.[j] ?? NaN)))))
  expect(worst).toBeLessThan(1e-6)
}

const seeded = (seed: number) => tf.initializers.randomNormal({ stddev: 0.7, seed })

type Activation = NonNullable<Parameters<typeof tf.layers.dense>[0]['activation']>

function dense(units: number, seed: number, activation: Activation = 'linear', more: object = {}) {
  return tf.layers.dense({ units, activation, kernelInitializer: seeded(seed), biasInitializer: seeded(seed + 100), ...more })
}

describe('a model saved by TensorFlow.js predicts the same when read', () => {
  test.each(['linear', 'relu', 'tanh', 'gelu', 'softplus', 'sigmoid', 'swish'] as Activation[])('sequential, with %s', async activation => {
    const model = tf.sequential({ layers: [dense(6, 1, activation, { inputShape: [4] }), dense(5, 2, activation), dense(3, 3)] })
    await save(model)
    const checkpoint = await readCheckpoint(folder)
    const name = activation === 'linear' ? 'identity' : activation === 'swish' ? 'silu' : activation
    expect(checkpoint.network).toEqual({
      input: [4],
      nodes: [{ name: 'body', primitive: 'mlp', spec: { widths: [4, 6, 5, 3], activation: name, bias: true }, inputs: ['input'] }],
      output: 'body',
      likelihood: 'gaussian',
    })
    expect(checkpoint.files).toEqual(['model.json', 'group1-shard1of2.bin', 'group1-shard2of2.bin'].map(file => join(folder, file)))
    expectClose(inputs.map(input => forward(checkpoint, input)), predictions(model))
    model.dispose()
  })

  test('functional, with activation layers, dropout, a missing bias and a softmax', async () => {
    const input = tf.input({ shape: [4] })
    const parts = [
      dense(6, 1, 'linear', { useBias: false }),
      tf.layers.reLU(),
      tf.layers.dropout({ rate: 0.5 }),
      dense(5, 2),
      tf.layers.activation({ activation: 'tanh' }),
      dense(3, 3),
      tf.layers.softmax(),
    ]
    const output = parts.reduce<tf.SymbolicTensor>((x, part) => part.apply(x) as tf.SymbolicTensor, input)
    const model = tf.model({ inputs: input, outputs: output })
    await save(model)
    const checkpoint = await readCheckpoint(join(folder, 'model.json'))
    expect(checkpoint.network).toMatchObject({
      nodes: [{ spec: { widths: [4, 6, 5, 3], activation: ['relu', 'tanh', 'identity'], bias: [false, true, true] } }],
      likelihood: 'categorical',
    })
    expectClose(inputs.map(each => forward(checkpoint, each)), predictions(model))
    model.dispose()
  })
})

describe('quantised weights', () => {
  const topology = {
    class_name: 'Sequential',
    config: { layers: [{ class_name: 'Dense', config: { name: 'd', units: 2, activation: 'linear', batch_input_shape: [null, 4] } }] },
  }

  test.each<[string, tf.io.WeightsManifestEntry['quantization'], Uint8Array]>([
    ['uint8', { dtype: 'uint8', scale: 0.013, min: -1.7 }, Uint8Array.of(0, 1, 2, 99, 128, 200, 254, 255)],
    ['uint16', { dtype: 'uint16', scale: 5.1e-5, min: -1.7 }, new Uint8Array(Uint16Array.of(0, 1, 2, 999, 32768, 40000, 65534, 65535).buffer)],
    [
      'float16',
      { dtype: 'float16' },
      new Uint8Array(Uint16Array.of(0, 1, 0x3c00, 0xbc00, 0x3555, 0x0400, 0x03ff, 0x8001).buffer),
    ],
  ])('of %s are those that TensorFlow.js restores, bit for bit', async (_, quantization, kernel) => {
    const weightSpecs: tf.io.WeightsManifestEntry[] = [
      { name: 'd/kernel', shape: [4, 2], dtype: 'float32', ...(quantization && { quantization }) },
      { name: 'd/bias', shape: [2], dtype: 'float32' },
    ]
    const bytes = Uint8Array.from([...kernel, ...new Uint8Array(Float32Array.of(0.5, -1).buffer)])
    await put(topology, [{ paths: ['w.bin'], weights: weightSpecs }], [bytes])
    const { tensors } = await readCheckpoint(folder)
    const model = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology: topology, weightSpecs, weightData: bytes.buffer }))
    const [theirs] = model.getWeights()
    const columns = tf.tidy(() => Array.from((theirs as tf.Tensor).transpose().dataSync()))
    expect(tensors.get('body.fc1.weight')).toEqual({ shape: [2, 4], data: Float64Array.from(columns) })
    expect(tensors.get('body.fc1.bias')?.data).toEqual(Float64Array.of(0.5, -1))
    model.dispose()
  })
})

describe('a model that we write', () => {
  const weight = (rows: number, cols: number, seed: number): TensorData => ({
    shape: [rows, cols],
    data: Float64Array.from({ length: rows * cols }, (_, i) => Math.fround(Math.cos(7 * i + seed))),
  })
  const checkpoint = (spec: object, likelihood: 'gaussian' | 'categorical'): NetworkWeights => ({
    network: { input: [4], nodes: [{ name: 'net', primitive: 'mlp', spec: { ...spec }, inputs: ['input'] }], output: 'net', likelihood },
    tensors: new Map([
      ['net.fc1.weight', weight(3, 4, 1)],
      ['net.fc1.bias', { shape: [3], data: weight(3, 1, 2).data }],
      ['net.fc2.weight', weight(2, 3, 3)],
    ]),
  })
  const all = ['identity', 'relu', 'tanh', 'gelu', 'softplus', 'sigmoid', 'silu']
  const cases = all.flatMap((name, i) => [
    checkpoint({ widths: [4, 3, 2], activation: name, bias: [true, false] }, i % 2 === 0 ? 'gaussian' : 'categorical'),
    checkpoint({ widths: [4, 3, 2], activation: ['relu', name], bias: [true, false] }, i % 2 === 0 ? 'categorical' : 'gaussian'),
  ])

  test.each(cases)('predicts the same in TensorFlow.js, and comes back as it was: %#', async original => {
    await writeLayersModel(folder, original)
    const { modelTopology, weightsManifest } = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8')) as {
      modelTopology: object
      weightsManifest: WeightsGroup[]
    }
    const weightData = Uint8Array.from(await readFile(join(folder, 'weights.bin'))).buffer
    const weightSpecs = weightsManifest.flatMap(group => group.weights)
    const model = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }))
    expectClose(predictions(model), inputs.map(input => forward(original, input)))
    model.dispose()

    const back = await readCheckpoint(folder)
    const renamed = [...original.tensors].map(([name, tensor]) => [name.replace('net.', 'body.'), tensor] as const)
    expect(back.tensors).toEqual(new Map(renamed))
    expect(mlpLayers(back.network).layers).toEqual(mlpLayers(original.network).layers)
    expect(back.network.likelihood).toBe(original.network.likelihood)
  })

  test('is not written from tensors that are missing, of another shape or not finite', async () => {
    const original = checkpoint({ widths: [4, 3, 2], activation: 'relu', bias: [true, false] }, 'gaussian')
    const write = (name: string, tensor?: TensorData): Promise<void> => {
      const tensors = new Map(original.tensors)
      if (tensor === undefined) tensors.delete(name)
      else tensors.set(name, tensor)
      return writeLayersModel(folder, { ...original, tensors })
    }
    await expect(write('net.fc2.weight')).rejects.toThrow('tensor "net.fc2.weight": got nothing, expected a tensor of shape [2,3]')
    await expect(write('net.fc1.bias', { shape: [4], data: new Float64Array(4) })).rejects.toThrow('tensor "net.fc1.bias".shape: got [4], expected [3]')
    await expect(write('net.fc1.bias', { shape: [3], data: Float64Array.of(0, NaN, 0) })).rejects.toThrow('tensor "net.fc1.bias"[1]: got NaN')
    await expect(readFile(join(folder, 'model.json'))).rejects.toThrow('ENOENT')
  })

  test('with characters of its model.json changed is read as a network of its weights, or refused as bad input', () => {
    const { model, weights } = encodeLayersModel(checkpoint({ widths: [4, 3, 2], activation: 'relu', bias: [true, false] }, 'categorical'))
    const original = new TextEncoder().encode(JSON.stringify(model))
    const character = fc.constantFrom(...Array.from('0123456789[]{}",:-.eanul ', each => each.charCodeAt(0)))
    const changes = fc.array(fc.tuple(fc.nat(original.length - 1), character), { minLength: 1, maxLength: 3 })
    const property = fc.property(changes, list => {
      const bytes = original.slice()
      for (const [at, value] of list) bytes[at] = value
      try {
        const { tensors } = parseLayersModel(parseJson(bytes, 'model.json'), weights, 'model.json')
        expect([...tensors.values()].map(({ data }) => data.length)).toEqual([12, 3, 6])
      } catch (error) {
        if (!(error instanceof BadInput)) throw error
      }
    })
    fc.assert(property, { numRuns: 2000 })
  })
})
