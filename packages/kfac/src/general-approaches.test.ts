import { exactTensor } from '@dead-directions/autodiff'
import { mlp } from '@dead-directions/arch-mlp'
import { nodeBackend } from '@dead-directions/backend-node'
import { fitLeadingRate, geometricGrid, type RateFit } from '@dead-directions/core-geometry'
import { fromRows, type Matrix, matrix, multiply, singularValues, svd, transpose } from '@dead-directions/linalg'
import { buildNetwork, parameterTensors, standardNormals } from '@dead-directions/network'
import { createRegistry } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { secondMoment } from './factors.ts'
import { layerData, type LayerData } from './layer-data.ts'

beforeAll(() => nodeBackend.install())

/** Layer data of a chain with the given weights, on 60 normal inputs. */
async function chainData(weights: readonly Matrix[], activation: string): Promise<readonly LayerData[]> {
  const widths = [(weights[0] as Matrix).cols, ...weights.map(weight => weight.rows)]
  const network = buildNetwork(
    { input: [widths[0] as number], nodes: [{ name: 'body', primitive: 'mlp', spec: { widths, activation }, inputs: ['input'] }], output: 'body', likelihood: 'gaussian' },
    createRegistry().use(mlp),
  )
  const tensors = parameterTensors(Object.fromEntries(weights.map(({ rows, cols, data }, i) => [`body.fc${i + 1}.weight`, { shape: [rows, cols], data }])))
  const inputs = exactTensor(standardNormals(9, 60 * (widths[0] as number)), [60, widths[0] as number])
  const layers = await layerData(network, tensors, inputs, { kind: 'exact' })
  tf.dispose([inputs, ...Object.values(tensors)])
  return layers
}

const diagonal = (entries: readonly number[]): Matrix => fromRows(entries.map((entry, i) => entries.map((_, j) => (i === j ? entry : 0))))
const axis = (size: number, index: number): Float64Array => new Float64Array(size).fill(1, index, index + 1)

async function rates(grid: Float64Array, chain: (t: number) => readonly Matrix[], read: (layers: readonly LayerData[]) => readonly number[], activation = 'identity'): Promise<readonly RateFit[]> {
  const rows: (readonly number[])[] = []
  for (const t of grid) rows.push(read(await chainData(chain(t), activation)))
  return (rows[0] as readonly number[]).map((_, i) => {
    const fit = fitLeadingRate(grid, rows.map(row => row[i] as number))
    if (fit.kind === 'refused') throw new Error(fit.reason)
    return fit
  })
}

describe('C4: layer-varying exponents', () => {
  test.each(['identity', 'relu', 'tanh'])('rates add the exponents of the other layers (%s)', async activation => {
    const exponents = [2, 1, 3, 0.5]
    const sums = (from: number, to: number): number => exponents.slice(from, to).reduce((total, p) => total + 2 * p, 0)
    const fits = await rates(
      geometricGrid(1e-4, 1e-2, 9),
      t => exponents.map(p => diagonal([1, 1, t ** p])),
      layers => layers.flatMap(({ activations, gradients }) => [secondMoment(activations, axis(3, 2)), secondMoment(gradients, axis(3, 2))]),
      activation,
    )
    exponents.forEach((_, l) => {
      expect(Math.abs((fits[2 * l] as RateFit).rate - sums(0, l))).toBeLessThan(0.02)
      expect(Math.abs((fits[2 * l + 1] as RateFit).rate - sums(l + 1, 4))).toBeLessThan(0.02)
    })
  })
})

describe('C4: several dead directions', () => {
  test('each keeps its own rate', async () => {
    const fits = await rates(geometricGrid(1e-3, 1e-1, 9), t => [1, 2, 3].map(() => diagonal([1, t, t * t])), layers => {
      const { gradients } = layers[0] as LayerData
      return [1, 2].map(i => secondMoment(gradients, axis(3, i)))
    })
    expect(fits.map(({ rate }) => Math.round(rate * 1e6) / 1e6)).toEqual([4, 8])
  })

  test('m of them give exactly m small eigenvalues', async () => {
    for (const dead of [1, 2, 3]) {
      const layers = await chainData([1, 2, 3].map(() => diagonal([1, 1, 1, 1].map((one, i) => (i < 4 - dead ? one : 1e-3)))), 'identity')
      for (const layer of layers.slice(0, -1)) expect(singularValues(layer.gradients).filter(s => s < 1e-2)).toHaveLength(dead)
    }
  })
})

test('C4: a narrower layer above makes the smallest eigenvalue exactly zero by rank', async () => {
  const wide = matrix(4, 4, standardNormals(1, 16))
  const [first] = await chainData([wide, matrix(3, 4, standardNormals(2, 12)), matrix(4, 3, standardNormals(3, 12))], 'identity')
  const s = singularValues((first as LayerData).gradients)
  expect(s[2]).toBeGreaterThan(1e-3)
  expect((s[3] as number) / (s[0] as number)).toBeLessThan(1e-15)
})

describe('C4: rotations', () => {
  // Turned the other way the living direction opens both gates at once, and nothing leaks.
  const rotation = (turn: number): Matrix => fromRows([[Math.cos(turn), Math.sin(turn)], [-Math.sin(turn), Math.cos(turn)]])
  const rotated = (angle: number, depth: number, t: number): readonly Matrix[] =>
    Array.from({ length: depth }, () => multiply(rotation(angle), multiply(diagonal([1, t]), transpose(rotation(angle)))))
  const deadGradient = (angle: number) => (layers: readonly LayerData[]): readonly number[] => [secondMoment((layers[0] as LayerData).gradients, Float64Array.of(Math.sin(angle), Math.cos(angle)))]

  test('of the interfaces of a linear chain change no eigenvalue', async () => {
    const t = 0.01
    const bases = [0, 1, 2, 3].map(seed => svd(matrix(3, 3, standardNormals(seed, 9))).u)
    const turned = [0, 1, 2].map(l => multiply(bases[l + 1] as Matrix, multiply(diagonal([1, 1, t]), transpose(bases[l] as Matrix))))
    const layers = await chainData(turned, 'identity')
    layers.forEach(({ gradients }, l) => expect((singularValues(gradients)[2] as number) / t ** (2 - l)).toBeCloseTo(1, 10))
  })

  test('of a ReLU chain leak: rate 0 at small t, 2K above the crossover', async () => {
    const angle = 1e-3
    const [low] = await rates(geometricGrid(1e-6, 1e-4, 9), t => rotated(angle, 3, t), deadGradient(angle), 'relu')
    const [high] = await rates(geometricGrid(0.1, 0.4, 9), t => rotated(angle, 3, t), deadGradient(angle), 'relu')
    expect(Math.abs((low as RateFit).rate)).toBeLessThan(0.02)
    expect(Math.abs((high as RateFit).rate - 4)).toBeLessThan(0.1)
  })

  test('of a ReLU chain cross over at a scale that grows as sin^{1/K}', async () => {
    // The leak is the plateau c sin², the ladder t^{2K}: they meet at t ∝ sin^{1/K}. K = 2 layers above the first.
    const meeting = async (angle: number): Promise<number> => {
      const [plateau] = deadGradient(angle)(await chainData(rotated(angle, 3, 1e-7), 'relu'))
      const [ladder] = deadGradient(0)(await chainData(rotated(0, 3, 0.1), 'relu'))
      return ((plateau as number) / ((ladder as number) / 0.1 ** 4)) ** (1 / 4)
    }
    const angles = geometricGrid(1e-4, 1e-2, 7)
    const scales: number[] = []
    for (const angle of angles) scales.push(await meeting(angle))
    const fit = fitLeadingRate(angles.map(Math.sin), scales)
    expect(fit.kind === 'rate' && Math.abs(fit.rate - 1 / 2)).toBeLessThan(0.02)
  })
})
