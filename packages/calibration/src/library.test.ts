import { nodeBackend } from '@dead-directions/backend-node'
import { exactData, exactTensor } from '@dead-directions/autodiff'
import { mlp } from '@dead-directions/arch-mlp'
import { buildNetwork, forward, parameterTensors, standardNormals } from '@dead-directions/network'
import { createRegistry } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { chosenModels, knownAnswers } from './library.ts'
import { deepLinear, reducedRank } from './models/linear-networks.ts'
import { additiveForm, crossingForm, powersForm } from './models/normal-forms.ts'
import { expressionOf } from './polynomial.ts'
import { tanhAtZero } from './models/tanh-networks.ts'

describe('exact values against published tables', () => {
  // Aoyagi & Watanabe 2005, Aoyagi 2006 and 2024, worked by hand with exact fractions.
  test.each([
    ['polynomial-x4+y2', '3/4', 1],
    ['polynomial-x2y2', '1/2', 2],
    ['polynomial-x4y2', '1/4', 1],
    ['polynomial-x2y2z2', '1/2', 3],
    ['polynomial-x6+y4', '5/12', 1],
    ['polynomial-x2y2+x6+y6', '1/2', 2],
    ['tanh-1', '1/2', 2],
    ['tanh-2', '2/3', 1],
    ['tanh-3', '5/6', 1],
    ['tanh-4', '1', 2],
    ['rrr-1-1-1-0', '1/2', 2],
    ['rrr-2-2-2-0', '3/2', 1],
    ['rrr-2-2-2-1', '2', 2],
    ['rrr-3-2-3-0', '5/2', 1],
    ['rrr-4-2-3-0', '3', 2],
    ['rrr-4-3-4-1', '6', 1],
    ['rrr-5-3-5-0', '13/2', 2],
    ['rrr-5-3-5-2', '19/2', 2],
    ['rrr-6-4-2-1', '5', 1],
    ['rrr-4-3-8-0', '6', 1],
    ['rrr-3-8-4-0', '6', 1],
    ['rrr-10-3-10-3', '51/2', 1],
    ['dln-2-2-2-2-0', '3/2', 3],
    ['dln-2-2-2-2-1', '2', 3],
    ['dln-5-5-5-5-0', '17/2', 3],
    ['dln-5-5-5-5-2', '11', 1],
    ['dln-5-4-3-4-5-0', '5', 4],
    ['dln-5-4-3-4-5-2', '9', 2],
    ['dln-10-4-6-8-3', '24', 1],
    ['chain-1-1-1-1-0', '1/2', 3],
    ['chain-1-1-1-1-1', '1/2', 1],
    ['mixture-weight-mean', '1/2', 2],
    ['mixture-two-means', '3/4', 1],
  ])('%s has λ = %s and m = %i', (name, lambdaFraction, multiplicity) => {
    expect(chosenModels([name])[0]?.exact).toMatchObject({ lambdaFraction, multiplicity })
  })

  test('every name is unique and without spaces, every exact value has a source', () => {
    const models = knownAnswers()
    expect(new Set(models.map(({ name }) => name)).size).toBe(models.length)
    for (const { name, family, exact } of models) {
      expect(name).toMatch(new RegExp(`^${family}-\\S+$`))
      const [numerator, denominator = 1] = exact.lambdaFraction.split('/').map(Number)
      expect(exact.lambda).toBe((numerator as number) / denominator)
      expect(exact.source).not.toBe('')
    }
  })

  test('an unknown name is refused with the families', () => {
    expect(() => chosenModels(['rrr', 'xyzzy'])).toThrow('models: got "xyzzy", expected a model\'s name or one of the families polynomial, powers, additive')
    expect(chosenModels(['tanh', 'rrr-1-1-1-0']).map(({ name }) => name)).toEqual(['tanh-1', 'tanh-2', 'tanh-3', 'tanh-4', 'rrr-1-1-1-0'])
  })
})

describe('families obey the identities of their closed forms', () => {
  const size = fc.integer({ min: 1, max: 9 })
  const shapes = fc.tuple(size, size, size).chain(([inputs, hidden, outputs]) => fc.integer({ min: 0, max: Math.min(inputs, hidden, outputs) }).map(rank => ({ inputs, hidden, outputs, rank })))

  test('λ(M,H,N,r) = r(M+N-r)/2 + λ(M-r,H-r,N-r,0) with the same m', () => {
    fc.assert(
      fc.property(
        shapes.filter(({ inputs, hidden, outputs, rank }) => rank < Math.min(inputs, hidden, outputs)),
        ({ inputs, hidden, outputs, rank }) => {
          const whole = reducedRank({ inputs, hidden, outputs, rank }).exact
          const rest = reducedRank({ inputs: inputs - rank, hidden: hidden - rank, outputs: outputs - rank, rank: 0 }).exact
          expect(whole.lambda).toBe((rank * (inputs + outputs - rank)) / 2 + rest.lambda)
          expect(whole.multiplicity).toBe(rest.multiplicity)
        },
      ),
    )
  })

  test('reduced-rank regression does not change when inputs and outputs swap, and agrees with its second derivation', () => {
    fc.assert(
      fc.property(shapes, shape => {
        const { exact, rule } = reducedRank(shape)
        expect(reducedRank({ ...shape, inputs: shape.outputs, outputs: shape.inputs }).exact).toEqual(exact)
        if (typeof rule !== 'function') throw new Error('expected a second derivation')
        expect(rule()).toMatchObject({ lambda: exact.lambda, multiplicity: exact.multiplicity })
      }),
    )
  })

  test('a deep linear network may take its layers in any order at rank 0', () => {
    fc.assert(
      fc.property(fc.array(size, { minLength: 2, maxLength: 5 }), sizes => {
        expect(deepLinear(sizes.toSorted((a, b) => a - b), 0).exact).toEqual(deepLinear(sizes, 0).exact)
      }),
    )
  })

  test('chains of L weights have m = L at rank 0', () => {
    for (let maps = 1; maps <= 6; maps++) expect(deepLinear(Array<number>(maps + 1).fill(1), 0).exact).toMatchObject({ lambdaFraction: '1/2', multiplicity: maps })
  })

  test('a prior of order h multiplies λ of a crossing of equal orders by h + 1; directions add', () => {
    fc.assert(
      fc.property(size, size, fc.integer({ min: 0, max: 4 }), (k, l, h) => {
        expect(crossingForm({ orders: [k, k], priorOrders: [h, h] }).exact.lambda).toBeCloseTo((h + 1) * crossingForm({ orders: [k, k] }).exact.lambda, 12)
        const [both, one, other] = [[k, l], [k], [l]].map(orders => additiveForm({ orders, regular: 0 }).exact.lambda) as [number, number, number]
        expect(both).toBeCloseTo(one + other, 12)
        expect(powersForm([2 * k, 2 * l]).exact.lambda).toBeCloseTo(both, 12)
      }),
    )
  })

  test('λ of the tanh network is at most half its units, which is λ where all incoming weights are zero, and grows with every unit', () => {
    const lambdas = Array.from({ length: 12 }, (_, p) => tanhAtZero(p + 1).exact.lambda)
    lambdas.forEach((lambda, p) => expect(lambda).toBeLessThanOrEqual((p + 1) / 2))
    lambdas.slice(1).forEach((lambda, p) => expect(lambda).toBeGreaterThan(lambdas[p] as number))
  })
})

describe('the stated K', () => {
  beforeAll(() => nodeBackend.install())

  test.each(['rrr-2-2-2-1', 'rrr-4-2-3-0', 'dln-2-2-2-2-1', 'chain-1-1-1-1-1'])('of %s is the mean squared change of its network', async name => {
    const [{ divergence, network: truth }] = chosenModels([name]) as [ReturnType<typeof knownAnswers>[number]]
    if (truth === null || divergence === null) throw new Error('expected a network and its divergence')
    const network = buildNetwork(truth.description, createRegistry().use(mlp))
    const deviations: Record<string, number> = {}
    const moved = Object.fromEntries(
      Object.entries(truth.truth).map(([name, { shape, data }], layer) => [
        name,
        { shape, data: data.map((value, i) => value + (deviations[`w${layer + 1}_${Math.floor(i / (shape[1] as number))}_${i % (shape[1] as number)}`] = standardNormals(100 * layer + i, 1)[0] as number)) },
      ]),
    )
    const outputs = async (parameters: typeof truth.truth): Promise<Float64Array> => {
      const inputs = exactTensor(truth.inputs.data, [truth.inputs.rows, truth.inputs.cols])
      const tensors = parameterTensors(parameters)
      const output = tf.tidy(() => forward(network, tensors, inputs))
      const data = await exactData(output)
      tf.dispose([inputs, output, ...Object.values(tensors)])
      return data
    }
    const [before, after] = [await outputs(truth.truth), await outputs(moved)]
    const change = after.reduce((sum, value, i) => sum + (value - (before[i] as number)) ** 2, 0) / truth.inputs.rows
    const stated = Function(...Object.keys(deviations), `return ${expressionOf(divergence).replaceAll('^', '**')}`)(...Object.values(deviations)) as number
    expect(stated / change).toBeCloseTo(1, 10)
  })
})
