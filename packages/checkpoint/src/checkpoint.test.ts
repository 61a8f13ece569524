import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BadInput, type NetworkDescription, type TensorData } from '@dead-directions/registry'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { encodeSafetensors } from './safetensors.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'checkpoint-'))
})
afterEach(() => rm(folder, { recursive: true }))

const network: NetworkDescription = {
  input: [2],
  nodes: [{ name: 'body', primitive: 'mlp', spec: { widths: [2, 1], activation: 'tanh' }, inputs: ['input'] }],
  output: 'body',
  likelihood: 'gaussian',
}
const tensors = new Map<string, TensorData>([
  ['body.fc1.weight', { shape: [1, 2], data: Float64Array.of(0.1, -1e-300) }],
  ['body.fc1.bias', { shape: [1], data: Float64Array.of(3) }],
])

const written = {
  format: 'dead-directions/network',
  version: 1,
  weights: 'weights.safetensors',
  ...network,
}

async function put(content: object | string, weights: ReadonlyMap<string, TensorData> = tensors): Promise<void> {
  await writeFile(join(folder, 'network.json'), typeof content === 'string' ? content : JSON.stringify(content))
  await writeFile(join(folder, 'weights.safetensors'), encodeSafetensors(weights))
}

test('round trip of any finite weights gives the same network and bits', async () => {
  const values = fc.float64Array({ noNaN: true, noDefaultInfinity: true, minLength: 1, maxLength: 8 })
  const property = fc.asyncProperty(values, async data => {
    const original = { network, tensors: new Map([['body.fc1.weight', { shape: [1, data.length], data }]]) }
    await writeCheckpoint(folder, original)
    const files = ['network.json', 'weights.safetensors']
    expect(await readCheckpoint(folder)).toEqual({ ...original, files: files.map(file => join(folder, file)) })
    expect(await readdir(folder)).toEqual(files)
  })
  await fc.assert(property, { numRuns: 20 })
})

test('writes the documented network.json, and float16 weights when asked', async () => {
  const deep = join(folder, 'runs', 'a')
  await writeCheckpoint(deep, { network, tensors: new Map([['body.fc1.bias', { shape: [1], data: Float64Array.of(0.1) }]]), dtype: 'F16' })
  expect(JSON.parse(await readFile(join(deep, 'network.json'), 'utf8'))).toEqual(written)
  const back = await readCheckpoint(join(deep, 'network.json'))
  expect(back.network).toEqual(network)
  expect(back.tensors.get('body.fc1.bias')?.data).toEqual(Float64Array.of(0.0999755859375))
})

describe('a write that fails leaves the checkpoint that was there', () => {
  test('when the description or a weight is not fit to be read back', async () => {
    await writeCheckpoint(folder, { network, tensors })
    const nan = new Map([['body.fc1.bias', { shape: [1], data: Float64Array.of(NaN) }]])
    await expect(writeCheckpoint(folder, { network, tensors: nan })).rejects.toThrow('tensor "body.fc1.bias"[0]: got NaN, expected a finite number')
    await expect(writeCheckpoint(folder, { network: { ...network, output: 'no' }, tensors })).rejects.toThrow('network.output: got "no"')
    await expect(writeCheckpoint(folder, { network, tensors: new Map([['w', { shape: [1], data: Float64Array.of(1e9) }]]), dtype: 'F16' })).rejects.toThrow(
      'tensor "w"[0]: got 1000000000, expected a number in the range of F16',
    )
    expect((await readCheckpoint(folder)).tensors).toEqual(tensors)
  })

  test('when one of its files cannot be written', async () => {
    await writeFile(join(folder, 'weights.safetensors'), 'old')
    await mkdir(join(folder, 'network.json'))
    await expect(writeCheckpoint(folder, { network, tensors })).rejects.toThrow(BadInput)
    expect(await readFile(join(folder, 'weights.safetensors'), 'utf8')).toBe('old')
    expect(await readdir(folder)).toEqual(['network.json', 'weights.safetensors'])
  })
})

describe('refuses in one line', () => {
  test.each<[string, object | string, string]>([
    ['another format', { ...written, format: 'other' }, 'network.json.format: got "other", expected "dead-directions/network"'],
    ['another version', { ...written, version: 2 }, 'network.json.version: got 2, expected 1'],
    ['no weights', { ...written, weights: 3 }, 'network.json.weights: got 3, expected a string'],
    ['an unknown likelihood', { ...written, likelihood: 'poisson' }, 'network.json.likelihood: got "poisson", expected'],
    ['JSON that is none', '{', 'network.json: got "'],
    ['JSON that is no object', 'null', 'network.json: got null, expected an object'],
    ['a key twice', '{"format": "a", "format": "b"}', 'network.json: got "the key format twice", expected each key once'],
    ['an absolute path', { ...written, weights: '/etc/passwd' }, 'network.json.weights: got "/etc/passwd", expected the relative path'],
    ['a path out of the folder', { ...written, weights: '../weights.safetensors' }, 'network.json.weights: got "../weights.safetensors", expected'],
    ['a link out of the folder', { ...written, weights: 'link' }, 'network.json.weights: got "link", expected the relative path'],
    ['weights that are not there', { ...written, weights: 'no' }, 'no: got nothing, expected a file that can be read'],
    ['a folder of weights', { ...written, weights: '.' }, 'got "a folder", expected a file'],
  ])('%s', async (_, content, message) => {
    await put(content)
    await symlink(process.execPath, join(folder, 'link'))
    const failure = await readCheckpoint(folder).then(
      () => undefined,
      (error: unknown) => error,
    )
    expect(failure).toBeInstanceOf(BadInput)
    expect((failure as BadInput).message).toContain(message)
    expect((failure as BadInput).message).not.toContain('\n')
  })

  test('weights that are not finite, naming the tensor and the first index', async () => {
    await put(written, new Map([['body.fc1.weight', { shape: [2, 2], data: Float64Array.of(1, 2, Infinity, NaN) }]]))
    await expect(readCheckpoint(folder)).rejects.toThrow('weights.safetensors "body.fc1.weight"[1,0]: got Infinity, expected a finite number')
  })

  test('a folder without a checkpoint, and no folder', async () => {
    await writeFile(join(folder, 'notes.txt'), '')
    const expected = 'expected a folder with a network.json or a model.json'
    await expect(readCheckpoint(folder)).rejects.toThrow(`checkpoint ${folder}: got ["notes.txt"], ${expected}`)
    await expect(readCheckpoint(join(folder, 'no'))).rejects.toThrow(`no: got nothing, ${expected}`)
    await expect(readCheckpoint(join(folder, 'no.json'))).rejects.toThrow('no.json: got nothing, expected a file that can be read')
  })

  test('a LayersModel whose shards lie elsewhere', async () => {
    const model = { modelTopology: {}, weightsManifest: [{ paths: ['../w.bin'], weights: [] }] }
    await writeFile(join(folder, 'model.json'), JSON.stringify(model))
    await expect(readCheckpoint(folder)).rejects.toThrow('model.json.weightsManifest.paths: got "../w.bin", expected the relative path')
  })
})
