import { exactData, exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import { geometricGrid } from '@dead-directions/core-geometry'
import { layerData, secondMoment } from '@dead-directions/kfac'
import { buildNetwork, forward, type Network, parameterTensors, type ParameterValues, standardNormals } from '@dead-directions/network'
import { createRegistry } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { canonicalApproach } from './approach.ts'
import { biasCap, rotationLeak } from './finite-t.ts'
import { mlp } from './mlp.ts'

const width = 2
const grid = geometricGrid(1e-4, 0.5, 16)
let tensorsBefore = 0

beforeAll(() => nodeBackend.install())
beforeEach(() => void (tensorsBefore = tf.memory().numTensors))
afterEach(() => expect(tf.memory().numTensors).toBe(tensorsBefore))

function chain(layers: number, activation: 'identity' | 'relu', bias: boolean): { network: Network; spec: { widths: number[]; activation: 'identity' | 'relu'; bias: boolean } } {
  const spec = { widths: Array<number>(layers + 1).fill(width), activation, bias }
  const nodes = [{ name: 'body', primitive: 'mlp', spec, inputs: ['input'] }]
  return { network: buildNetwork({ input: [width], nodes, output: 'body', likelihood: 'gaussian' }, createRegistry().use(mlp)), spec }
}

const named = (parameters: ParameterValues): ParameterValues => Object.fromEntries(Object.entries(parameters).map(([name, value]) => [`body.${name}`, value]))
const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((total, value) => total + value, 0) / values.length
const square = (x: number): number => x * x

/** Local slope by differences of measured moments, with an error of order h⁴. */
async function measuredSlope(moment: (t: number) => Promise<number>, t: number, h: number): Promise<number> {
  const at = async (step: number): Promise<number> => Math.log(await moment(t * Math.exp(step)))
  return (8 * ((await at(h)) - (await at(-h))) - ((await at(2 * h)) - (await at(-2 * h)))) / (12 * h)
}

describe('C5: the bias cap at finite t', () => {
  const samples = 40

  /** The measured second moment of the dead output. */
  function measuredAt(depth: number, dead: Float64Array): (t: number) => Promise<number> {
    const { network, spec } = chain(depth, 'identity', true)
    return async t => {
      const tensors = parameterTensors(named(canonicalApproach(spec, t)))
      const inputs = exactTensor(Float64Array.from({ length: samples * width }, (_, i) => (i % width === 0 ? 1 : (dead[(i - 1) / width] as number))), [samples, width])
      const output = tf.tidy(() => forward(network, tensors, inputs))
      const data = await exactData(output)
      tf.dispose([output, inputs, ...Object.values(tensors)])
      return mean(data.filter((_, i) => i % width === 1).map(square))
    }
  }

  const drawn = (shift: number, scale: number): Float64Array => standardNormals(5, samples).map(x => scale * (x + shift))

  test.each([
    [1, 0.3, 1],
    [2, -0.9, 1],
    [3, 0, 30],
    [4, -2, 100],
    [6, 1, 1e4],
  ])('depth %i, mean %d, scale %d: predicted is measured from t = 1e-4 to 0.5, moment and slope', async (depth, shift, scale) => {
    const dead = drawn(shift, scale)
    const measured = measuredAt(depth, dead)
    const predicted = biasCap({ depth, mean: mean(dead), meanSquare: mean(dead.map(square)) })
    for (const t of grid) {
      expect(Math.abs(predicted.moment(t) / (await measured(t)) - 1)).toBeLessThan(1e-10)
      expect(Math.abs(predicted.slope(t) - (await measuredSlope(measured, t, 1e-3)))).toBeLessThan(1e-7)
    }
  })

  test('where the powers meet the measured slope is half-way from the cap 2 to the ladder 2ℓ', async () => {
    for (const depth of [2, 3, 4]) {
      const half = standardNormals(8, samples / 2).map(x => 1e10 * x)
      const dead = Float64Array.of(...half, ...half.map(x => -x))
      const { crossover } = biasCap({ depth, mean: 0, meanSquare: mean(dead.map(square)) })
      const at = crossover as number
      const slope = (t: number): Promise<number> => measuredSlope(measuredAt(depth, dead), t, 1e-3)
      // The bias is t(1 + t + …): relative corrections of order t.
      expect(Math.abs((await slope(at)) - (depth + 1))).toBeLessThan(5 * at)
      expect(Math.abs((await slope(at / 1000)) - 2)).toBeLessThan(1e-3)
      expect(Math.abs((await slope(at * 30)) - 2 * depth)).toBeLessThan(0.01)
    }
  })

  test('one layer is t² (x + 1)² throughout', () => {
    expect(biasCap({ depth: 1, mean: 1, meanSquare: 2 }).crossover).toBeNull()
    expect(biasCap({ depth: 1, mean: 1, meanSquare: 2 }).slope(0.3)).toBeCloseTo(2, 14)
  })

  test.each([
    [{ depth: 0, mean: 0, meanSquare: 1 }, 'depth: got 0, expected a whole number of at least 1'],
    [{ depth: 2, mean: 2, meanSquare: 1 }, 'mean, meanSquare: got 2 and 1, expected a positive mean square'],
  ])('refuses %j', (options, message) => {
    expect(() => biasCap(options)).toThrow(message)
  })
})

describe('C4: the rotation leak at finite t', () => {
  /** Directions spread evenly: each of the few borders between patterns of gates misplaces at most one of them. */
  const directions = 1 << 13

  /** The measured second moment of the gradient along the dead direction of the first layer. */
  async function measured(angle: number, above: number, t: number): Promise<number> {
    const { network } = chain(above + 1, 'relu', false)
    const [c, s] = [Math.cos(angle), Math.sin(angle)]
    const weight = { shape: [width, width], data: Float64Array.of(c * c + t * s * s, (t - 1) * s * c, (t - 1) * s * c, s * s + t * c * c) }
    const tensors = parameterTensors(Object.fromEntries(Object.keys(network.parameters).map(name => [name, weight])))
    const circle = Float64Array.from({ length: 2 * directions }, (_, i) => {
      const phase = (2 * Math.PI * (Math.floor(i / 2) + 0.377)) / directions
      return i % 2 === 0 ? Math.cos(phase) : Math.sin(phase)
    })
    const inputs = exactTensor(circle, [directions, width])
    const [first] = await layerData(network, tensors, inputs, { kind: 'exact' })
    tf.dispose([inputs, ...Object.values(tensors)])
    return secondMoment((first as NonNullable<typeof first>).gradients, Float64Array.of(s, c))
  }

  test.each([
    [1e-3, 1],
    [1e-3, 2],
    [0.03, 2],
    [0.03, 3],
    [0.6, 2],
    [1.2, 3],
  ])('angle %d, %i layers above: predicted is measured from t = 1e-4 to 0.5', async (angle, above) => {
    const { moment } = rotationLeak({ angle, above })
    // A misplaced direction counts at most four times the mean: every pattern that matters has a share of a quarter or more.
    const misplaced = (4 * (2 * above + 3)) / directions
    for (const t of grid) expect(Math.abs((await measured(angle, above, t)) / moment(t) - 1)).toBeLessThan(misplaced)
  })

  test('the slope is the derivative of the moment, 0 on the plateau and 2K on the ladder', () => {
    for (const [angle, above] of [[1e-3, 2], [0.05, 1], [0.4, 3], [1.3, 2]] as const) {
      const { moment, slope } = rotationLeak({ angle, above })
      const h = 1e-3
      for (const t of grid) {
        const at = (step: number): number => Math.log(moment(t * Math.exp(step)))
        expect(slope(t)).toBeCloseTo((8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h), 8)
      }
    }
    const { slope } = rotationLeak({ angle: 1e-6, above: 2 })
    expect(slope(1e-9)).toBeCloseTo(0, 3)
    expect(slope(0.1)).toBeCloseTo(4, 3)
  })

  test.each([2, 3])('%i layers above: the measured plateau is ½ sin², then ¼ sin², and ⅝ sin² at the crossover sin^{1/K}', async above => {
    for (const angle of [1e-8, 1e-7, 1e-6]) {
      const { crossover } = rotationLeak({ angle, above })
      const sine = Math.sin(angle)
      expect((crossover as number) / sine ** (1 / above)).toBeCloseTo(1, 9)
      expect((await measured(angle, above, sine / 1e3)) / sine ** 2).toBeCloseTo(1 / 2, 2)
      expect((await measured(angle, above, (crossover as number) / 10)) / sine ** 2).toBeCloseTo(1 / 4, 2)
      expect((await measured(angle, above, crossover as number)) / sine ** 2).toBeCloseTo(5 / 8, 2)
    }
  })

  test('refuses what is out of range', () => {
    expect(() => rotationLeak({ angle: -0.1, above: 2 })).toThrow('angle: got -0.1, expected one between 0 and π/2')
    expect(() => rotationLeak({ angle: 0.1, above: 0 })).toThrow('above: got 0, expected a whole number of at least 1')
    expect(() => rotationLeak({ angle: 0.1, above: 1 }).moment(1)).toThrow('t: got 1, expected a number between 0 and 1')
  })
})
