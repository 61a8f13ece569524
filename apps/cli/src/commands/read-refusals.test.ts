import { readdir, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { doubles, goodHeader, handmade, temporaryFolder } from '../../test/checkpoints.ts'
import { run } from '../../test/run.ts'

const folder = temporaryFolder()
const good = doubles(1, 2)

function mlp(spec: unknown, primitive = 'mlp'): Readonly<Record<string, unknown>> {
  return { nodes: [{ name: 'body', primitive, spec, inputs: ['input'] }] }
}

/** Expects one line that names what is wrong, nothing printed, and no file more than before. */
async function refused(place: string, argv: readonly string[], named: RegExp): Promise<void> {
  const before = await readdir(place)
  const { code, out, err } = await run(...argv, '--report', join(place, 'report.html'))
  expect(err).toMatch(named)
  expect(err.split('\n')).toEqual([expect.stringMatching(/^deaddir: .*expected /), ''])
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(await readdir(place)).toEqual(before)
}

test('the checkpoint that the cases below spoil is good', async () => {
  const { code } = await run(...(await handmade(join(folder(), 'good'), {}, goodHeader, good)))
  expect(code).toBe(0)
})

describe('a checkpoint that cannot be used is refused', () => {
  const weight = goodHeader['body.fc1.weight']
  const cases: Readonly<Record<string, [network: Readonly<Record<string, unknown>>, header: unknown, data: Uint8Array, named: RegExp]>> = {
    'data shorter than the header says': [{}, goodHeader, good.subarray(0, 12), /weights\.safetensors.*16/],
    'offsets that do not fit the shape': [{}, { 'body.fc1.weight': { ...weight, data_offsets: [0, 8] } }, good, /body\.fc1\.weight/],
    'offsets past the end': [{}, { 'body.fc1.weight': { ...weight, data_offsets: [8, 24] } }, good, /weights\.safetensors/],
    'an unknown dtype': [{}, { 'body.fc1.weight': { ...weight, dtype: 'F65' } }, good, /F65/],
    'a header that is no object': [{}, 'weights', good, /weights\.safetensors/],
    'another shape than network.json says': [{}, { 'body.fc1.weight': { ...weight, shape: [2, 1] } }, good, /body\.fc1\.weight: got \[2,1\], expected shape \[1, 2\]/],
    'a missing tensor': [{}, {}, new Uint8Array(0), /body\.fc1\.weight: got nothing/],
    'a NaN weight': [{}, goodHeader, doubles(1, NaN), /body\.fc1\.weight.*NaN/],
    'an infinite weight': [{}, goodHeader, doubles(Infinity, 1), /body\.fc1\.weight.*Infinity/],
    'an unknown primitive': [mlp({ widths: [2, 1], activation: 'identity' }, 'frob'), goodHeader, good, /nodes\.0\.primitive: got "frob", expected .*mlp/],
    'an unknown activation': [mlp({ widths: [2, 1], activation: 'swish9' }), goodHeader, good, /activation.*swish9/],
    'widths below 1': [mlp({ widths: [2, 0], activation: 'relu' }), goodHeader, good, /widths/],
    'weights outside the folder': [{ weights: '../good/weights.safetensors' }, goodHeader, good, /weights: got "\.\.\/good/],
    'weights at an absolute path': [{ weights: '/etc/hostname' }, goodHeader, good, /weights: got "\/etc\/hostname"/],
    'weights that are not there': [{ weights: 'other.safetensors' }, goodHeader, good, /other\.safetensors: got nothing/],
    'another version': [{ version: 2 }, goodHeader, good, /version/],
    'another likelihood': [{ likelihood: 'poisson' }, goodHeader, good, /likelihood.*poisson/],
  }
  test.each(Object.entries(cases))('%s', async (name, [network, header, data, named]) => {
    const place = join(folder(), name.replaceAll(' ', '-'))
    await refused(place, await handmade(place, network, header, data), named)
  })

  test('a file cut within its header', async () => {
    const place = join(folder(), 'cut')
    const read = await handmade(place, {}, goodHeader, good)
    await truncate(join(place, 'weights.safetensors'), 20)
    await refused(place, read, /weights\.safetensors/)
  })

  test('a network.json that is no JSON', async () => {
    const place = join(folder(), 'no-json')
    const read = await handmade(place, {}, goodHeader, good)
    await writeFile(join(place, 'network.json'), '{"format":')
    await refused(place, read, /network\.json/)
  })

  test('a folder that is not there', async () => {
    await refused(folder(), ['read', join(folder(), 'nowhere'), '--inputs', 'inputs.csv'], /nowhere/)
  })
})

describe('inputs that cannot be used are refused', () => {
  test.each([
    ['of another width', '1,2,3\n4,5,6\n', /inputs .*: got 3, expected 2/],
    ['that are no numbers', '1,2\n3,frob\n', /frob/],
    ['with a row that is too short', '1,2\n3\n', /expected 2/],
    ['with no rows', '', /inputs/],
  ])('%s', async (name, csv, named) => {
    const place = join(folder(), `inputs-${name.replaceAll(' ', '-')}`)
    const read = await handmade(place, {}, goodHeader, good)
    await writeFile(join(place, 'inputs.csv'), csv)
    await refused(place, read, named)
  })

  test('that are not there, or of another kind', async () => {
    const place = join(folder(), 'inputs-missing')
    const [command, checkpoint] = await handmade(place, {}, goodHeader, good)
    await refused(place, [command as string, checkpoint as string, '--inputs', join(place, 'none.npy')], /none\.npy: got nothing/)
    await refused(place, [command as string, checkpoint as string, '--inputs', join(place, 'network.json')], /\.npy or \.csv/)
  })

  test('when the option is left out, or --seed or --likelihood is wrong', async () => {
    const place = join(folder(), 'options')
    const read = await handmade(place, {}, goodHeader, good)
    await refused(place, read.slice(0, 2), /--inputs/)
    await refused(place, [...read, '--seed', '1e3'], /--seed: got "1e3"/)
    await refused(place, [...read, '--likelihood', 'poisson'], /--likelihood.*poisson/)
    await refused(place, [...read, '--likelihood', 'categorical'], /likelihood.*two outputs/)
    await refused(place, [...read, '--backend', 'frob'], /backend: got "frob"/)
  })
})
