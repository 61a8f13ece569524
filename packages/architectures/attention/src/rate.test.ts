import { nodeBackend } from '@dead-directions/backend-node'
import { fitLeadingRate, geometricGrid, type RateFit } from '@dead-directions/core-geometry'
import { standardNormals } from '@dead-directions/network'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { chainOf, deadChannel, moment, type DeadChannel } from '../test/chain.ts'
import { plainWeights } from '../test/plain.ts'
import { rate } from './rate.ts'
import type { AttentionSpec } from './spec.ts'

beforeAll(() => nodeBackend.install())

const grid = geometricGrid(1e-6, 1e-2, 9)

async function along(network: Parameters<typeof deadChannel>[0]): Promise<DeadChannel[]> {
  const readings: DeadChannel[] = []
  for (const t of grid) readings.push(await deadChannel(network, t))
  return readings
}

/** Leading rate of the second moment. */
function momentRate(entries: readonly Float64Array[]): number {
  const fit = fitLeadingRate(grid, entries.map(moment))
  expect(fit.kind).toBe('rate')
  return (fit as RateFit).rate
}

const linears = (count: number): 'linear'[] => Array.from({ length: count }, () => 'linear')

describe('one block with e linear maps before it and b behind it', () => {
  const specs: readonly AttentionSpec[] = [
    { width: 3 },
    { width: 4, heads: 2 },
    { width: 3, causal: true, bias: true },
    { width: 4, rope: {}, scale: 2 },
    { width: 4, heads: 2, rope: {}, causal: true },
    { width: 6, heads: 3, keyValueHeads: 1 },
    { width: 8, heads: 4, keyValueHeads: 2, rope: {} },
    { width: 3, heads: 2, headWidth: 3 },
    { width: 5, headWidth: 2 },
    { width: 2, rope: {} },
    { width: 2, heads: 2 },
    { width: 2, heads: 2, keyValueHeads: 1 },
    { width: 1, headWidth: 2 },
  ]
  const cases = specs.flatMap(spec => [[0, 0], [0, 3], [1, 2], [2, 1], [3, 0]].map(([e, b]) => [spec, e as number, b as number] as const))

  test.each(cases)('%j with e = %i, b = %i: forward e + 2, backward the lesser of b + 2 and e + 2', async (spec, e, b) => {
    const readings = await along(chainOf([...linears(e), spec, ...linears(b)], spec.width))
    const { forward, backward, composition } = rate(spec)
    const throughScores = composition.kind === 'routes' ? e + composition.throughInput.rate : Infinity
    expect(momentRate(readings.map(({ values }) => values[e + 1] as Float64Array))).toBeCloseTo(2 * (e + forward.rate), 2)
    expect(momentRate(readings.map(({ gradients }) => gradients[e] as Float64Array))).toBeCloseTo(2 * Math.min(b + backward.rate, throughScores), 2)
  })

  test('a width or a head width of one leaves no living channel to steer', () => {
    expect(rate({ width: 2, heads: 2 }).composition).toEqual({ kind: 'additive' })
    expect(rate({ width: 1, headWidth: 2 }).composition).toEqual({ kind: 'additive' })
    expect(rate({ width: 2 }).composition.kind).toBe('routes')
  })

  test('inputs of one position have the value–output route only', async () => {
    const readings = await along(chainOf([{ width: 3 }, ...linears(2)], 3, 1))
    expect(momentRate(readings.map(({ gradients }) => gradients[0] as Float64Array))).toBeCloseTo(8, 6)
  })
})

describe('the coefficients of one block', () => {
  const [width, positions, t] = [3, 3, 1e-5]
  const samples = 6
  const [inputs, cotangents] = [standardNormals(1, samples * positions * width), standardNormals(2, samples * positions * width)]
  const dead = width - 1
  const scale = 1 / Math.sqrt(width)
  const indices = Array.from({ length: positions }, (_, i) => i)
  const sum = (term: (i: number) => number): number => indices.reduce((total, i) => total + term(i), 0)

  /** At `t = 0`, for one sample: weights from the living channels, and what the dead channel multiplies `t²` by. */
  function expected(sample: number): { forward: number[]; values: number[]; scores: number[] } {
    const x = (i: number, c: number): number => inputs[(sample * positions + i) * width + c] as number
    const g = (i: number, c: number): number => cotangents[(sample * positions + i) * width + c] as number
    const weights = plainWeights(indices.map(i => indices.map(j => scale * (x(i, 0) * x(j, 0) + x(i, 1) * x(j, 1)))), false)
    const a = (i: number, j: number): number => weights[i]?.[j] as number
    const gain = (i: number, j: number): number => g(i, 0) * x(j, 0) + g(i, 1) * x(j, 1)
    const pull = (i: number, j: number): number => a(i, j) * (gain(i, j) - sum(l => a(i, l) * gain(i, l)))
    return {
      forward: indices.map(i => sum(j => a(i, j) * x(j, dead))),
      values: indices.map(j => sum(i => a(i, j) * g(i, dead))),
      scores: indices.map(j => scale * sum(i => (pull(i, j) + pull(j, i)) * x(i, dead))),
    }
  }

  test.each([
    ['forward: the attention-weighted dead input', 'forward', []],
    ['backward by values and output: the gradient weighted the other way', 'values', ['1.q.weight']],
    ['backward by the scores: the pull of living gradients times the dead input', 'scores', ['1.v.weight']],
  ] as const)('%s', async (_, route, closed) => {
    const { values, gradients } = await deadChannel(chainOf([{ width }], width), t, { closed })
    const found = (route === 'forward' ? values[1] : gradients[0]) as Float64Array
    const wanted = Array.from({ length: samples }, (_, sample) => expected(sample)[route]).flat()
    wanted.forEach((coefficient, i) => expect((found[i] as number) / t ** 2 / coefficient).toBeCloseTo(1, 7))
  })
})

describe('C8: a chain of N blocks, p below the probe’s and k above', () => {
  const chain = (count: number): ReturnType<typeof chainOf> => chainOf(Array.from({ length: count }, () => ({ width: 3 })), 3)

  test.each([3, 4, 5, 6])('N = %i: the gradient moment has the rate min(4k, 4p + 8), the forward one 4(p + 1)', async count => {
    const before = tf.memory().numTensors
    const readings = await along(chain(count))
    expect(tf.memory().numTensors).toBe(before)
    for (let p = 0; p < count; p++) {
      const k = count - p - 1
      expect(momentRate(readings.map(({ gradients }) => gradients[p + 1] as Float64Array))).toBeCloseTo(Math.min(4 * k, 4 * p + 8), 2)
      expect(momentRate(readings.map(({ values }) => values[p + 1] as Float64Array))).toBeCloseTo(4 * (p + 1), 2)
    }
  })

  /** Amplitudes of either route alone at the probe, the other closed in the block above it. */
  async function routes(p: number, k: number, t: number): Promise<Record<'both' | 'a' | 'b', Float64Array>> {
    const network = chain(p + 1 + k)
    const amplitude = async (closed: readonly string[]): Promise<Float64Array> =>
      ((await deadChannel(network, t, { closed })).gradients[p + 1] as Float64Array).map(g => g / t ** Math.min(2 * k, 2 * p + 4))
    return { both: await amplitude([]), a: await amplitude([`${p + 2}.q.weight`, `${p + 2}.k.weight`]), b: await amplitude([`${p + 2}.v.weight`]) }
  }

  test.each([[0, 2], [1, 3]])('p = %i, k = %i = p + 2: the coefficient is (a + b)², both routes there', async (p, k) => {
    const { both, a, b } = await routes(p, k, 1e-4)
    const sum = a.map((value, i) => value + (b[i] as number))
    expect(moment(both) / moment(sum)).toBeCloseTo(1, 6)
    both.forEach((value, i) => expect(value / (sum[i] as number)).toBeCloseTo(1, 4))
    // Neither route alone, nor routes that ignore each other, would do.
    expect(Math.abs(moment(both) / moment(a) - 1)).toBeGreaterThan(1e-3)
    expect(Math.abs(moment(both) / (moment(a) + moment(b)) - 1)).toBeGreaterThan(1e-3)
  })

  test('at the tie a comes from gradients at the dead output and b from those at living ones, so independent ones add their squares', async () => {
    const [p, t] = [1, 1e-4]
    const { a, b } = await routes(p, p + 2, t)
    for (const [pulled, alone] of [['dead', a], ['living', b]] as const) {
      const { gradients } = await deadChannel(chain(2 * p + 3), t, { pulled })
      gradients[p + 1]?.forEach((g, i) => expect(g / t ** (2 * p + 4) / (alone[i] as number)).toBeCloseTo(1, 5))
    }
  })

  test.each([[0, 1], [1, 2], [2, 3]])('p = %i, k = %i, below the tie: the coefficient is a²', async (p, k) => {
    const { both, a, b } = await routes(p, k, 1e-5)
    expect(moment(both) / moment(a)).toBeCloseTo(1, 6)
    expect(moment(b) / moment(a)).toBeLessThan(1e-6)
  })

  test.each([[0, 3], [0, 5], [1, 4]])('p = %i, k = %i, above the tie: the coefficient is b²', async (p, k) => {
    const { both, a, b } = await routes(p, k, 1e-5)
    expect(moment(both) / moment(b)).toBeCloseTo(1, 6)
    expect(moment(a) / moment(b)).toBeLessThan(1e-6)
  })

  test('p = 0 saturates at 8 beyond k = 2', async () => {
    const rates: number[] = []
    for (const k of [1, 2, 3, 4, 5]) rates.push(momentRate((await along(chain(k + 1))).map(({ gradients }) => gradients[1] as Float64Array)))
    expect(rates.map(value => Math.round(value * 100) / 100)).toEqual([4, 8, 8, 8, 8])
  })

  test.each([
    ['above the probe, where the value–output route wins', ['block', 'block', 'block', 'linear'], 2, 4 + 2],
    ['below it, where the score route wins', ['linear', 'block', 'block', 'block', 'block'], 2, 8 + 2],
  ] as const)('one more linear map %s shifts the moment rate by 2', async (_, nodes, probe, expected) => {
    const blocks = nodes.map(node => (node === 'block' ? { width: 3 } : node))
    expect(momentRate((await along(chainOf(blocks, 3))).map(({ gradients }) => gradients[probe] as Float64Array))).toBeCloseTo(expected, 2)
  })
})
