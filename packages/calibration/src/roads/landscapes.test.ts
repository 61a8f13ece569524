import { describe, expect, test } from 'vitest'
import { standardNormals } from '@dead-directions/network'
import type { Landscape } from '@dead-directions/llc'
import { buildNetwork } from '@dead-directions/network'
import { mlp } from '@dead-directions/arch-mlp'
import { nodeBackend } from '@dead-directions/backend-node'
import { networkLandscape } from '@dead-directions/llc'
import { matrix } from '@dead-directions/linalg'
import { createRegistry } from '@dead-directions/registry'
import { chosenModels } from '../library.ts'
import type { KnownAnswer } from '../model.ts'
import { expressionOf } from '../polynomial.ts'
import { perceptronLandscape, polynomialLandscape } from './landscapes.ts'

const model = (name: string): KnownAnswer => chosenModels([name])[0] as KnownAnswer
const evaluated = async (landscape: Landscape, point: Float64Array): Promise<{ loss: number; gradient: Float64Array }> => landscape.evaluate(point, null)

describe('the polynomial landscape', () => {
  test.each(['polynomial-x2y2+x6+y6', 'powers-3-5', 'mixture-two-means', 'tanh-3', 'rrr-2-2-2-1'])('of %s is its expression, with the derivative of it', async name => {
    const { divergence } = model(name)
    if (divergence === null) throw new Error('expected a polynomial')
    const landscape = polynomialLandscape(divergence, 10)
    const size = divergence.variables.length
    const absolute = expressionOf(divergence).replaceAll(/\|(\w+)\|/g, 'Math.abs($1)').replaceAll('^', '**')
    const stated = (point: Float64Array): number => Function(...divergence.variables, `return ${absolute}`)(...point) as number
    for (let seed = 1; seed <= 5; seed++) {
      const point = standardNormals(seed, size)
      const { loss, gradient } = await evaluated(landscape, point)
      expect(loss / stated(point)).toBeCloseTo(1, 12)
      for (let i = 0; i < size; i++) {
        const h = 1e-5
        const at = (shift: number): number => stated(point.map((value, j) => value + (i === j ? shift : 0)))
        const slope = (at(h) - at(-h)) / (2 * h)
        expect(Math.abs((gradient[i] as number) - slope)).toBeLessThan(1e-7 * (1 + Math.abs(slope) + loss))
      }
    }
  })
})

describe('the perceptron landscape', () => {
  test.each(['student-merging-2', 'rrr-4-3-4-1', 'dln-5-5-5-5-2', 'tanh-2'])('of %s is half the mean squared error of its network, with TensorFlow’s gradient', async name => {
    await nodeBackend.install()
    const { network: truth } = model(name)
    if (truth === null) throw new Error('expected a network')
    const landscape = perceptronLandscape(truth, 10)
    const network = buildNetwork(truth.description, createRegistry().use(mlp))
    const { rows } = truth.inputs
    const outputs = network.outputShape[0] as number
    // Targets of zero, so that both losses differ by the truth's own: compared through the truth f* = 0 where there is one.
    const zero = Object.fromEntries(Object.entries(truth.truth).map(([key, { shape, data }]) => [key, { shape, data: data.map(() => 0) }]))
    const reference = await networkLandscape({ network, parameters: zero, inputs: truth.inputs, targets: matrix(rows, outputs, new Float64Array(rows * outputs)) })
    const own = perceptronLandscape({ ...truth, truth: zero }, 10)
    const point = standardNormals(7, own.centre.length)
    const [expected, found] = [await evaluated(reference, point), await evaluated(own, point)]
    expect(found.loss / expected.loss).toBeCloseTo(1, 10)
    const largest = Math.max(...expected.gradient.map(Math.abs))
    found.gradient.forEach((slope, i) => expect(Math.abs(slope - (expected.gradient[i] as number))).toBeLessThan(1e-7 * largest))
    expect((await evaluated(landscape, landscape.centre)).loss).toBe(0)
  })
})
