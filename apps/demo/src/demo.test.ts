import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deepLinearNetwork, nodeBackend, reducedRankRegression } from '@dead-directions/dead-directions'
import * as tf from '@tensorflow/tfjs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demonstrate, type Outcome } from './demo.ts'
import { knownTruths } from './networks.ts'
import { summary } from './summary.ts'

let output = ''
const outcomes: Outcome[] = []
const lines: string[] = []
let tensorsLeft = NaN

beforeAll(async () => {
  output = await mkdtemp(join(tmpdir(), 'demo-'))
  await nodeBackend.install()
  const truths = knownTruths()
  const before = tf.memory().numTensors
  for (const truth of truths) outcomes.push(await demonstrate(truth, output, line => lines.push(line)))
  tensorsLeft = tf.memory().numTensors - before
})
afterAll(() => rm(output, { recursive: true, force: true }))

// The tanh student's λ: x²y⁴ has 1/4, m = 1, beside four regular parameters with 1/2 each.
test.each([
  ['reduced-rank', 2, reducedRankRegression({ inputs: 4, hidden: 3, outputs: 4, rank: 1 })],
  ['deep-linear', 3, deepLinearNetwork([4, 4, 4, 4], 1)],
  ['tanh-student', 2, { lambda: 4 / 2 + 1 / 4, multiplicity: 1 }],
])('%s: training finds the truth, every layer with a candidate reads its order, and λ and m are the closed form', (name, order, { lambda, multiplicity }) => {
  const outcome = outcomes.find(({ truth }) => truth.name === name)
  if (outcome === undefined) throw new Error(`${name} was not run`)
  const { loss, report } = outcome
  expect(loss.after).toBeLessThan(1e-4 * loss.before)
  expect(report.total).toMatchObject({ lambda, multiplicity })
  const directions = report.layers.flatMap(layer => layer.directions)
  expect(directions.length).toBeGreaterThan(0)
  for (const { klOrder } of directions) expect(Math.abs((klOrder as number) - order)).toBeLessThan(0.02)
})

test('leaves no tensor behind', () => {
  expect(tensorsLeft).toBe(0)
})

test('says how training and reading go on, with a loss that falls', () => {
  const student = lines.filter(line => line.includes('training tanh-student')).map(line => Number(line.split(' ').at(-1)))
  expect(student).toHaveLength(7)
  expect(student).toEqual([...student].sort((a, b) => b - a))
  expect(lines.filter(line => line.includes('reading reduced-rank')).at(-1)).toBe('  reading reduced-rank: 100%, done')
})

test('puts the reading beside the closed form in lines that fit a terminal', () => {
  const text = summary(outcomes, output)
  expect(text).toMatch(/deep linear network 4→4→4→4, true rank 1 +│ vanishing channel: k = 3\.000 │ 6\.5 +│ 6\.5 +│ 1 │ 1 /)
  expect(text).toContain('npx deaddir read tanh-student --inputs tanh-student/inputs.npy')
  expect(text.split('\n').filter(line => line.length > 120)).toEqual([])
})

test('a second run replaces what the first left, byte for byte, and adds no file', async () => {
  const [first] = outcomes as [Outcome]
  const files = async (): Promise<readonly string[]> => (await readdir(output, { recursive: true })).sort()
  const weights = (): Promise<Buffer> => readFile(join(first.folder, 'weights.safetensors'))
  const before = { files: await files(), weights: await weights(), page: await readFile(first.page, 'utf8') }
  await demonstrate(first.truth, output, () => {})
  expect({ files: await files(), weights: await weights(), page: await readFile(first.page, 'utf8') }).toEqual(before)
})
