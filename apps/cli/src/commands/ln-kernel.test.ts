import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildNetwork, initialParameters, presetRegistry, standardNormals, writeCheckpoint, writeNpy } from '@dead-directions/dead-directions'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../test/checkpoints.ts'
import { run } from '../../test/run.ts'

const folder = temporaryFolder()

/** Writes a block with scales 1, 2, 1/2, 4 everywhere; returns its folder and its inputs. */
async function block(norm: string, placement = 'pre'): Promise<readonly [string, string]> {
  const spec = { width: 4, hidden: 6, norm, placement, feedforward: 'swiglu' }
  const network = buildNetwork({ input: [3, 4], nodes: [{ name: 'block', primitive: 'transformer-block', spec, inputs: ['input'] }], output: 'block', likelihood: 'gaussian' }, presetRegistry())
  const scales = Float64Array.of(1, 2, 0.5, 4)
  const tensors = Object.entries(initialParameters(network, 3)).map(([name, value]) => [name, name.endsWith('gamma') ? { ...value, data: scales } : value] as const)
  const place = join(folder(), `${norm}-${placement}`)
  await writeCheckpoint(place, { network: network.description, tensors: new Map(tensors) })
  await writeNpy(join(place, 'inputs.npy'), 20, 12, standardNormals(5, 240))
  return [place, join(place, 'inputs.npy')]
}

// 1/γ is (1, 1/2, 2, 1/4), of length √5.3125.
const kernel = [1, 0.5, 2, 0.25].map(entry => expect.closeTo(entry / Math.sqrt(5.3125), 12))

describe('deaddir ln-kernel', () => {
  test('gives the kernel of every LayerNorm from its scales alone, and without inputs measures nothing', async () => {
    const [place] = await block('layernorm')
    const { code, out } = await run('ln-kernel', place, '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out).normalisations).toEqual([
      { parameter: 'block.norm1.gamma', declared: 'layernorm', seenAt: 'block.attention.q', kernel, measured: null },
      { parameter: 'block.norm2.gamma', declared: 'layernorm', seenAt: 'block.feedforward.gate', kernel, measured: null },
    ])
  })

  test.each(['pre', 'post'])('verifies it by one forward pass to four decimals, %s', async placement => {
    const [place, inputs] = await block('layernorm', placement)
    const { normalisations } = JSON.parse((await run('ln-kernel', place, '--inputs', inputs, '--json')).out)
    expect(normalisations).toHaveLength(2)
    for (const { measured } of normalisations) {
      expect(measured).toMatchObject({ normalisation: 'layernorm', nullity: 1, refused: null })
      expect(measured.overlap).toBeCloseTo(1, 4)
    }
  })

  test('says RMSNorm where there is none', async () => {
    const [place, inputs] = await block('rmsnorm')
    const { out, err } = await run('ln-kernel', place, '--inputs', inputs)
    expect(err).toBe('')
    expect(out).toContain('RMSNorm  block.norm1.gamma, seen at block.attention.q\n  kernel    none: an RMS normalisation has no such direction\n  measured  RMSNorm; least relative singular value 0.')
  })

  test('shows four decimals and the overlap', async () => {
    const [place, inputs] = await block('layernorm')
    expect((await run('ln-kernel', place)).out.split('\n\n')[0]).toBe('LayerNorm  block.norm1.gamma, seen at block.attention.q\n  kernel    0.4339 0.2169 0.8677 0.1085')
    expect((await run('ln-kernel', place, '--inputs', inputs)).out).toMatch(/measured {2}LayerNorm; overlap 1\.000000; least relative singular value \S+e-1[67], zero up to 1\.3e-14/)
  })

  test('says none of a network without normalisation', async () => {
    const network = buildNetwork({ input: [2], nodes: [{ name: 'map', primitive: 'linear', spec: { in: 2, out: 2 }, inputs: ['input'] }], output: 'map', likelihood: 'gaussian' }, presetRegistry())
    await writeCheckpoint(join(folder(), 'plain'), { network: network.description, tensors: new Map(Object.entries(initialParameters(network, 1))) })
    expect(await run('ln-kernel', join(folder(), 'plain'))).toEqual({ code: 0, out: 'none: the network has no normalisation\n', err: '' })
  })

  test.each([
    ['no folder', [], "missing required argument 'DIR'; expected deaddir ln-kernel <DIR> [--inputs <FILE>] [--json]"],
    ['inputs of another width', ['--inputs', 'wide.csv'], 'expected 12'],
  ])('refuses %s in one line with code 2', async (title, options, message) => {
    const [place] = await block('layernorm')
    await writeFile(join(folder(), 'wide.csv'), '1,2,3\n')
    const words = options.map(word => (word.endsWith('.csv') ? join(folder(), word) : word))
    const { code, out, err } = await run('ln-kernel', ...(title === 'no folder' ? [] : [place]), ...words)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(message)
    expect(err.trim().split('\n')).toHaveLength(1)
  })
})
