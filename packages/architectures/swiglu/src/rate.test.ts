import { nodeBackend } from '@dead-directions/backend-node'
import { fitLeadingRate, geometricGrid, type RateFit } from '@dead-directions/core-geometry'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { chainOf, type DeadChannel, deadChannel, moment } from '../test/chain.ts'
import { normalDistribution } from '../test/normal-distribution.ts'
import type { GateName } from './gate.ts'
import { rate } from './rate.ts'

beforeAll(() => nodeBackend.install())

/** Dead inputs, symmetric about zero. */
const x = Float64Array.of(-2, -1.3, -0.7, -0.4, 0.4, 0.7, 1.3, 2)
const chain = (blocks: number, activation: GateName = 'silu'): ReturnType<typeof chainOf> =>
  chainOf(Array.from({ length: blocks }, () => ({ width: 3, hidden: 3, activation })))

async function along(grid: Float64Array, reading: (t: number) => Promise<DeadChannel>): Promise<DeadChannel[]> {
  const readings: DeadChannel[] = []
  for (const t of grid) readings.push(await reading(t))
  return readings
}

function fitted(grid: Float64Array, values: readonly number[]): RateFit {
  const fit = fitLeadingRate(grid, values)
  expect(fit.kind).toBe('rate')
  return fit as RateFit
}

describe('one block', () => {
  test.each([
    ['silu', (z: number) => 1 / (1 + Math.exp(-z))],
    ['gelu', normalDistribution],
    ['relu', (z: number) => (z > 0 ? 1 : 0)],
  ] as const)('%s: the dead output is t³ x² times the gate’s open share at t x, to rounding', async (activation, share) => {
    for (const t of [1e-30, 1e-4, 0.5, 1]) {
      const { output } = await deadChannel(chain(1, activation), 2, t, x)
      output.forEach((value, i) => {
        const expected = t ** 3 * x[i]! ** 2 * share(t * x[i]!)
        expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-14 * expected)
      })
    }
  })

  test('the moment has rate 6 and coefficient E[x⁴]/4', async () => {
    const grid = geometricGrid(1e-4, 1e-2, 9)
    const readings = await along(grid, t => deadChannel(chain(1), 2, t, x))
    const fit = fitted(grid, readings.map(({ output }) => moment(output)))
    expect(fit.rate).toBeCloseTo(6, 4)
    expect(fit.coefficient / (moment(x, 4) / 4)).toBeCloseTo(1, 3)
  })

  test.each(['silu', 'gelu', 'relu'] as const)('%s: a dead input of rate e comes out as 3 + 2e, a gradient of rate b as 3 + e + b', async activation => {
    const grid = geometricGrid(1e-6, 1e-4, 7)
    const { forward, backward, composition } = rate({ width: 3, hidden: 3, activation })
    expect(composition).toEqual({ kind: 'quadratic' })
    for (const e of [0, 1, 3]) {
      for (const b of [0, 1, 2]) {
        const readings = await along(grid, t => deadChannel(chain(1, activation), 2, t, x.map(value => value * t ** e), t ** b))
        expect(fitted(grid, readings.map(({ output }) => moment(output))).rate).toBeCloseTo(2 * (forward.rate + 2 * e), 3)
        expect(fitted(grid, readings.map(({ gradients }) => moment(gradients[0]!))).rate).toBeCloseTo(2 * (backward.rate + e + b), 3)
      }
    }
  })

  test.each(['silu', 'gelu'] as const)('%s: coefficients ½ x² forward and 2 · ½ x backward', async activation => {
    const { forward, backward } = rate({ width: 3, hidden: 3, activation })
    const { output, gradients } = await deadChannel(chain(1, activation), 2, 1e-9, x)
    output.forEach((value, i) => expect(value / 1e-27 / ((forward.coefficient as number) * x[i]! ** 2)).toBeCloseTo(1, 7))
    gradients[0]!.forEach((value, i) => expect(value / 1e-27 / (2 * (backward.coefficient as number) * x[i]!)).toBeCloseTo(1, 7))
  })

  test.each([{ width: 3, hidden: 5 }, { width: 5, hidden: 2 }, { width: 1, hidden: 1 }])('whatever the shape: %j', async spec => {
    const { output } = await deadChannel(chainOf([spec]), Math.min(spec.width, spec.hidden) - 1, 1e-9, x)
    output.forEach((value, i) => expect(value / 1e-27 / (x[i]! ** 2 / 2)).toBeCloseTo(1, 7))
  })
})

describe('C7: n blocks', () => {
  const grid = geometricGrid(1e-5, 1e-3, 9)

  test.each([1, 2, 3])('n = %i: the forward rate is 3(2ⁿ - 1), the coefficient that of ½ squared over and over', async n => {
    const before = tf.memory().numTensors
    const readings = await along(grid, t => deadChannel(chain(n), 2, t, x))
    expect(tf.memory().numTensors).toBe(before)
    const { rate, coefficient } = fitted(grid, readings.map(({ output }) => moment(output)))
    expect(rate).toBeCloseTo(6 * (2 ** n - 1), 3)
    expect(coefficient / (moment(x, 2 ** (n + 1)) / 4 ** (2 ** n - 1))).toBeCloseTo(1, 2)
  })

  test('the gradient rate behind block i of three: every later block adds 3 and the rate of its dead input', async () => {
    const readings = await along(grid, t => deadChannel(chain(3), 2, t, x))
    const rates = [0, 1, 2, 3].map(place => fitted(grid, readings.map(({ gradients }) => moment(gradients[place]!))).rate)
    for (const [i, expected] of [21, 18, 12, 0].entries()) expect(rates[i]! / 2).toBeCloseTo(expected, 3)
  })

  test('under relu the first gate halves the moment, and the later ones no more', async () => {
    for (const n of [1, 2, 3]) {
      const t = 1e-3
      const { output } = await deadChannel(chain(n, 'relu'), 2, t, x)
      expect(moment(output) / t ** (6 * (2 ** n - 1)) / (moment(x, 2 ** (n + 1)) / 2)).toBeCloseTo(1, 12)
    }
  })
})
