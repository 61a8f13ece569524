import { nodeBackend } from '@dead-directions/backend-node'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { calibrate, type CalibrationRow } from './calibrate.ts'
import { chosenModels, knownAnswers } from './library.ts'

beforeAll(() => nodeBackend.install())

describe('the exact roads', () => {
  let rows: readonly CalibrationRow[] = []
  beforeAll(async () => {
    const before = tf.memory().numTensors
    rows = await calibrate({ roads: ['rule', 'polyhedron', 'readout'], seed: 1, backend: nodeBackend })
    expect(tf.memory().numTensors).toBe(before)
  })

  test('give every model a row each, and what they claim is right', () => {
    expect(rows).toHaveLength(3 * knownAnswers().length)
    expect(rows.filter(({ withinBar }) => !withinBar)).toEqual([])
    for (const { refused, lambda, error } of rows) expect((lambda === null) === (error === null) && (lambda === null) === (typeof refused === 'string')).toBe(true)
  })

  test('reach each linear network and student by the readout, each normal form by its polyhedron', () => {
    const reached = (road: string, family: RegExp): string[] => rows.filter(row => row.road === road && family.test(row.model) && row.lambda === null).map(({ model }) => model)
    expect(reached('readout', /^(rrr|dln|chain|student)-/)).toEqual([])
    expect(reached('polyhedron', /^(polynomial|powers|additive|crossing|mixture)-/)).toEqual([])
  })

  test('refuse where a polyhedron gives a bound only, where K is large, and where a readout finds a crossing', () => {
    const reason = (model: string, road: string): string | undefined => rows.find(row => row.model === model && row.road === road)?.refused
    expect(reason('tanh-2', 'polyhedron')).toMatch(/^only λ ≤ 1: .* vanishes off the coordinate hyperplanes/)
    expect(reason('rrr-3-2-3-0', 'polyhedron')).toBe('K has 12 variables, more than the 8 whose faces are checked')
    expect(reason('rrr-10-3-10-3', 'polyhedron')).toBe('K is not written out as a polynomial')
    expect(reason('polynomial-x2y2', 'readout')).toBe('the model is no network')
    expect(reason('tanh-2', 'readout')).toMatch(/flat direction/)
    expect(reason('powers-3-5', 'rule')).toBe('the rules are for even powers, and |w|^3 is none')
  })
})

describe('the roads that sample', () => {
  test('sublevel volumes give λ to three digits with the right m at smooth fibres, crossings and under priors', async () => {
    const models = chosenModels(['powers-3-5', 'polynomial-x2y2', 'additive-2-prior-1-regular-1'])
    for (const { lambda, multiplicity, exact, withinBar } of await calibrate({ models, roads: ['volume'], quick: true, seed: 0 })) {
      expect(Math.abs(lambda! / exact.lambda - 1)).toBeLessThan(0.005)
      expect({ multiplicity, withinBar }).toEqual({ multiplicity: exact.multiplicity, withinBar: true })
    }
  })

  test('the learning coefficient is within three standard errors of λ at normal forms of m = 1, within 10 % at reduced-rank regression', async () => {
    const rows = await calibrate({ models: chosenModels(['polynomial-x4+y2', 'powers-6-4', 'rrr-2-2-2-0', 'rrr-4-3-4-1']), roads: ['llc'], quick: true, seed: 0 })
    for (const { model, lambda, exact, error, standardError, withinBar } of rows) {
      expect(withinBar).toBe(true)
      if (model.startsWith('rrr')) expect(Math.abs(lambda! / exact.lambda - 1)).toBeLessThan(0.1)
      else expect(Math.abs(error!)).toBeLessThan(3 * standardError!)
    }
  })

  test('the same seed gives the same rows but for their times', async () => {
    const once = async (): Promise<object[]> => (await calibrate({ models: chosenModels(['powers-3-5']), roads: ['volume', 'llc'], quick: true, seed: 5 })).map(row => ({ ...row, seconds: 0 }))
    expect(await once()).toEqual(await once())
  })

  test('chains refuse a prior that vanishes, volumes a K that is not written out', async () => {
    const rows = await calibrate({ models: chosenModels(['additive-2-prior-1-regular-1', 'rrr-4-3-4-1']), roads: ['volume', 'llc'], quick: true, seed: 0 })
    expect(rows[1]?.refused).toBe('the chains sample a flat prior, and this one vanishes')
    expect(rows[2]?.refused).toBe('K is not written out as a polynomial')
  })
})

test('a value outside its bar, and a wrong multiplicity, are said to be so', async () => {
  const [model] = chosenModels(['polynomial-x2y2']) as [ReturnType<typeof knownAnswers>[number]]
  const wrong = [
    { ...model, exact: { ...model.exact, lambda: 0.51 } },
    { ...model, exact: { ...model.exact, multiplicity: 1 } },
  ]
  const rows = await calibrate({ models: wrong, roads: ['rule', 'polyhedron'], seed: 1 })
  expect(rows.map(({ withinBar }) => withinBar)).toEqual([false, false, false, false])
  expect(rows[0]?.error).toBeCloseTo(-0.01, 12)
})

test('the readout refuses without a backend', async () => {
  const [row] = await calibrate({ models: chosenModels(['rrr-1-1-1-0']), roads: ['readout'], seed: 1 })
  expect(row).toMatchObject({ lambda: null, refused: 'no backend was given to run the network on' })
})

test('progress rises to the end, and an aborted signal stops the work', async () => {
  const steps: number[] = []
  await calibrate({ models: chosenModels(['student']), roads: ['rule', 'readout'], seed: 1, backend: nodeBackend, onProgress: (done, total) => steps.push(done / total) })
  expect(steps.at(-1)).toBe(1)
  expect(steps.every((share, i) => i === 0 || share >= (steps[i - 1] as number))).toBe(true)
  await expect(calibrate({ seed: 1, signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough')
})

test('refuses a seed that is no whole number', async () => {
  await expect(calibrate({ seed: 1.5 })).rejects.toThrow(new RangeError('seed: got 1.5, expected a whole number of at least 0'))
})
