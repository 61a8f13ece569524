import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { chain, perceptron, planted, temporaryFolder, written, writtenLayersModel } from '../../test/checkpoints.ts'
import { run } from '../../test/run.ts'

const folder = temporaryFolder()

describe.each(['identity', 'relu', 'tanh'])('a depth-5 %s chain near its dead channel', activation => {
  test('reads order 5 in every layer', async () => {
    const { network, parameters } = chain(activation)
    const { code, out } = await run(...(await written(join(folder(), activation), network, parameters)), '--json')
    expect(code).toBe(0)
    const { layers } = JSON.parse(out)
    expect(layers).toHaveLength(5)
    for (const { directions } of layers) {
      expect(directions).toHaveLength(1)
      expect(Math.abs(directions[0].klOrder - 5)).toBeLessThan(0.02)
      expect(directions[0].contribution).toBe(0.1)
    }
  })
})

describe('totals', () => {
  test('of reduced-rank regression 4→3→4 at rank 1 are λ = 6, m = 1', async () => {
    const network = perceptron([4, 3, 4], 'identity')
    const read = await written(join(folder(), 'reduced-rank'), network, planted(network, 1, 0.02))
    const { out, err } = await run(...read, '--json')
    const report = JSON.parse(out)
    expect(report.total).toMatchObject({ lambda: 6, multiplicity: 1, nu: null, rule: expect.stringContaining('B7') })
    expect(report).toMatchObject({ backend: 'node', precision: 'float64', warnings: [] })
    const [direction] = report.layers[0].directions
    expect(direction).toMatchObject({ contribution: 0.25, refused: null, duality: { agrees: true } })
    expect(direction.window[0]).toBeLessThan(direction.window[1])
    expect(Object.keys(direction)).toEqual(expect.arrayContaining(['klOrder', 'standardError', 'activationRate', 'gradientRate']))
    expect(err).toContain('100% done')
  })

  test('say what is missing where no rule determines them', async () => {
    const { network, parameters } = chain('tanh')
    const { out } = await run(...(await written(join(folder(), 'missing'), network, parameters)))
    expect(out).toMatch(/^total {4}not determined: \S/m)
  })

  test('of logits count one output less: 4→3→4 classes at rank 1 is regression 4→3→3', async () => {
    const network = perceptron([4, 3, 4], 'identity', 'categorical')
    const read = await written(join(folder(), 'categorical'), network, planted(network, 1, 0.02))
    const { likelihood, total } = JSON.parse((await run(...read, '--json')).out)
    const { lambda, multiplicity } = JSON.parse((await run('table', 'rrr', '4', '3', '3', '1', '--json')).out)
    expect({ likelihood, lambda: total.lambda, multiplicity: total.multiplicity }).toEqual({ likelihood: 'categorical', lambda, multiplicity })
    const asRegression = JSON.parse((await run(...read, '--json', '--likelihood', 'gaussian')).out)
    expect(asRegression).toMatchObject({ likelihood: 'gaussian', total: { lambda: 6 } })
  })
})

test('a prior, a temperature and a number of observations reach the report', async () => {
  const network = perceptron([1, 3, 1], 'tanh')
  const [incoming, outgoing] = [Float64Array.of(0.6, -2.5, -0.63), Float64Array.of(0.7, 1.2, -0.8)]
  const parameters = { 'body.fc1.weight': { shape: [3, 1], data: incoming }, 'body.fc2.weight': { shape: [1, 3], data: outgoing } }
  const read = await written(join(folder(), 'prior'), network, parameters)
  const { total, layers, priorOrder } = JSON.parse((await run(...read, '--prior-order', '1', '--beta', '0.5', '--samples', '100', '--json')).out)
  // Four regular parameters and one direction of order 2 under |t|: 4/2 + 2/4.
  expect({ priorOrder, contribution: layers[0].directions[0].contribution }).toEqual({ priorOrder: 1, contribution: 0.5 })
  expect(total).toMatchObject({ lambda: 2.5, posterior: { beta: 0.5, expectedDivergence: 5, observations: 100 } })
})

test('a LayersModel reads as the same network does from safetensors', async () => {
  const network = perceptron([4, 3, 4], 'identity')
  // Float32 holds these weights to seven digits.
  const parameters = planted(network, 1, 0.02)
  const [layers, tensors] = [
    JSON.parse((await run(...(await writtenLayersModel(join(folder(), 'layers-model'), network, parameters)), '--json')).out),
    JSON.parse((await run(...(await written(join(folder(), 'safetensors'), network, parameters)), '--json')).out),
  ]
  expect(layers.total).toEqual(tensors.total)
  expect(layers.layers.map(({ name }: { name: string }) => name)).toEqual(['body.fc1', 'body.fc2'])
  expect(Math.abs(layers.channels[0].distance / tensors.channels[0].distance - 1)).toBeLessThan(1e-5)
})

test('the text is what people see: no line over 120 characters, no colour codes, no negative zeros', async () => {
  const { network, parameters } = chain('relu')
  const { out } = await run(...(await written(join(folder(), 'text'), network, parameters)))
  expect(out.split('\n').filter(line => line.length > 120)).toEqual([])
  expect(out).not.toContain('\u001B')
  expect(out).not.toMatch(/-0\.0+\b/)
  for (const layer of ['fc1', 'fc2', 'fc3', 'fc4', 'fc5']) expect(out).toMatch(new RegExp(`body\\.${layer} .*5\\.000 ± .*0\\.1000`))
})

test('the same command gives the same bytes', async () => {
  const { network, parameters } = chain('tanh')
  const read = [...(await written(join(folder(), 'twice'), network, parameters)), '--json']
  expect((await run(...read)).out).toBe((await run(...read)).out)
})

describe('--report', () => {
  test('writes one page that needs nothing else, over what was there, with nothing left beside it', async () => {
    const place = join(folder(), 'page')
    const { network, parameters } = chain('relu')
    const read = await written(place, network, parameters)
    const page = join(place, 'report.html')
    await writeFile(page, 'old')
    const before = await readdir(place)
    const { code, out } = await run(...read, '--report', page)
    expect(code).toBe(0)
    expect(out).toContain(`report   ${page}\n`)
    expect(await readdir(place)).toEqual(before)
    const html = await readFile(page, 'utf8')
    expect(html).toContain('<svg')
    expect(html).toContain('body.fc5')
    expect(html).not.toMatch(/<(script|img|iframe|link)\b[^>]*\b(src|href)=|@import|url\(\s*['"]?(https?:)?\/\//i)
  })

  test.each([
    ['no/such/folder/x.html', 'expected a file in a folder that exists'],
    ['x.txt', 'expected a file name that ends in .html'],
  ])('to %s is refused before the checkpoint is opened', async (page, message) => {
    const { code, out, err } = await run('read', 'nowhere', '--inputs', 'none.npy', '--report', page)
    expect({ code, out, err }).toEqual({ code: 2, out: '', err: `deaddir: --report: got ${JSON.stringify(page)}, ${message}\n` })
  })
})

describe('several checkpoints', () => {
  test('read on two threads as each does by itself, as an array and as pages beside each other', async () => {
    const { network, parameters } = chain('tanh')
    const [one, two] = [await written(join(folder(), 'step-1'), network, parameters), await written(join(folder(), 'step-2'), network, planted(network, 1, 0.02))]
    const alone: object[] = []
    for (const read of [one, two]) alone.push(JSON.parse((await run(...read, '--json')).out))
    const [, first = '', ...inputs] = one
    const second = two[1] as string
    const { code, out, err } = await run('read', first, second, ...inputs, '--threads', '2', '--json', '--report', join(folder(), 'run.html'))
    expect(code).toBe(0)
    expect(JSON.parse(out)).toEqual([{ folder: first, ...alone[0] }, { folder: second, ...alone[1] }])
    expect(err).toContain('2 checkpoints on 2 threads')
    for (const name of ['step-1', 'step-2']) expect(await readFile(join(folder(), `run-${name}.html`), 'utf8')).toContain(`Readout of ${join(folder(), name)}`)
    const here = await run('read', first, second, ...inputs, '--threads', '1', '--json')
    expect(here.out).toBe(out)
    expect((await run('read', first, second, ...inputs, '--threads', '1')).out.split('\n')).toEqual(expect.arrayContaining([first, second]))
  })

  test('name the one that cannot be used, and need pages of their own', async () => {
    const { network, parameters } = chain('tanh')
    const [, good = '', ...inputs] = await written(join(folder(), 'good'), network, parameters)
    const nowhere = join(folder(), 'nowhere')
    for (const threads of ['1', '2']) {
      const { code, out, err } = await run('read', good, nowhere, ...inputs, '--threads', threads)
      expect({ code, out }).toEqual({ code: 2, out: '' })
      expect(err).toContain(`deaddir: ${nowhere}: `)
    }
    const clash = await run('read', good, join(good, '.'), ...inputs, '--report', join(folder(), 'x.html'))
    expect(clash).toMatchObject({ code: 2, err: expect.stringContaining('for two folders, expected folders of different names') })
  })
})
