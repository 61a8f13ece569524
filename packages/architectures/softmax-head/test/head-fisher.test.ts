import { exactTensor } from '@dead-directions/autodiff'
import { linear } from '@dead-directions/arch-linear'
import { nodeBackend } from '@dead-directions/backend-node'
import { fitLeadingRate, geometricGrid } from '@dead-directions/core-geometry'
import { factorSpectra, gradientFactor, layerData, type Fisher, type LayerData } from '@dead-directions/kfac'
import { eigenSymmetric, matrix, svd } from '@dead-directions/linalg'
import { buildNetwork, canonicalApproach, type Network, parameterTensors, type ParameterValues, standardNormals } from '@dead-directions/network'
import { createRegistry, type NetworkDescription } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import fc from 'fast-check'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { softmaxHead } from '../src/index.ts'

let tensorsBefore = 0

beforeAll(() => nodeBackend.install())
beforeEach(() => void (tensorsBefore = tf.memory().numTensors))
afterEach(() => expect(tf.memory().numTensors).toBe(tensorsBefore))

const build = (description: NetworkDescription): Network => buildNetwork(description, createRegistry().use(linear, softmaxHead))

async function read(network: Network, parameters: ParameterValues, inputs: Float64Array, fisher: Fisher = { kind: 'exact' }): Promise<readonly LayerData[]> {
  const features = network.description.input[0] as number
  const tensors = { inputs: exactTensor(inputs, [inputs.length / features, features]), ...parameterTensors(parameters) }
  const layers = await layerData(network, tensors, tensors.inputs, fisher)
  tf.dispose(tensors)
  return layers
}

/** The head's data at given logits: one input that is 1, the logits its weights. */
async function atLogits(logits: readonly number[], fisher?: Fisher): Promise<LayerData> {
  const classes = logits.length
  const network = build({ input: [1], nodes: [{ name: 'head', primitive: 'softmax-head', spec: { in: 1, classes }, inputs: ['input'] }], output: 'head', likelihood: 'categorical' })
  const [head] = await read(network, { 'head.weight': { shape: [classes, 1], data: Float64Array.from(logits) } }, Float64Array.of(1), fisher)
  return head as LayerData
}

function softmax(logits: readonly number[]): number[] {
  const powers = logits.map(Math.exp)
  const total = powers.reduce((a, b) => a + b, 0)
  return powers.map(power => power / total)
}

/** Least eigenvalue of `diag(p) - p pᵀ` on the complement of constants. */
function leastOffConstants(p: readonly number[]): number {
  const fisher = p.flatMap((pi, i) => p.map((pj, j) => (i === j ? pi : 0) - pi * pj))
  return [...eigenSymmetric(matrix(p.length, p.length, Float64Array.from(fisher))).values].sort((a, b) => a - b)[1] as number
}

const someLogits = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 2, maxLength: 6 })

describe('C6: H = diag(p) - p pᵀ', () => {
  test('is null exactly on constants, and at least the least probability on their complement', async () => {
    await fc.assert(
      fc.asyncProperty(someLogits, async logits => {
        const { gradients } = await atLogits(logits)
        const { s, v } = svd(gradients)
        const classes = logits.length
        expect((s.at(-1) as number) ** 2).toBeLessThan(1e-30)
        // Variance of v under p, for v orthogonal to constants, is at least min p times its squared length.
        expect((s.at(-2) as number) ** 2).toBeGreaterThan(Math.min(...softmax(logits)) * (1 - 1e-12))
        for (let i = 0; i < classes; i++) expect(Math.abs(v.data[i * v.cols + classes - 1] as number)).toBeCloseTo(1 / Math.sqrt(classes), 12)
      }),
      { numRuns: 25 },
    )
  })

  test.each([2, 3, 7])('is the centring projector over C at uniform p, C = %i', async classes => {
    const { gradient } = factorSpectra(await atLogits(Array.from({ length: classes }, () => 0.3)))
    gradient.slice(0, -1).forEach(value => expect(value * classes).toBeCloseTo(1, 13))
    expect(gradient.at(-1)).toBeLessThan(1e-30)
  })
})

const width = 3
const depth = 4

/** A linear chain of three maps under a head, all of one width but the classes. */
function chain(classes: number): Network {
  const studies = softmaxHead.probes?.(width) ?? []
  const { network } = studies[0] as (typeof studies)[number]
  return build({ ...network, nodes: network.nodes.map(node => (node.primitive === 'softmax-head' ? { ...node, spec: { in: width, classes } } : node)) })
}

const deadEntry = (layer: LayerData): number => gradientFactor(layer).data[(width - 1) * (layer.layer.out + 1)] as number

describe('C6: the dead gradient entry under a softmax head', () => {
  test('is (1/C)(1 - 1/C) t^{2(L-ℓ)} exactly where p is uniform', async () => {
    for (const t of [1e-3, 0.1, 0.6]) {
      const layers = await read(chain(width), canonicalApproach(chain(width), t), new Float64Array(width))
      layers.forEach((layer, i) => expect(deadEntry(layer) / ((1 / width) * (1 - 1 / width) * t ** (2 * (depth - 1 - i)))).toBeCloseTo(1, 12))
    }
  })

  test.each([width, width + 2])('has rate 2(L-ℓ) and lies above c0 (1 - 1/C) t^{2(L-ℓ)}, C = %i', async classes => {
    const network = chain(classes)
    const inputs = standardNormals(5, 40 * width)
    const grid = geometricGrid(1e-3, 0.1, 9)
    const entries = network.layers.map(() => new Float64Array(grid.length))
    for (const [point, t] of grid.entries()) {
      const layers = await read(network, canonicalApproach(network, t), inputs)
      const bases = Array.from({ length: 40 }, (_, n) => {
        const x = [...inputs.subarray(n * width, (n + 1) * width)]
        return leastOffConstants(softmax(Array.from({ length: classes }, (_, i) => (i < width - 1 ? (x[i] as number) : i === width - 1 ? t ** depth * (x[i] as number) : 0))))
      })
      const c0 = bases.reduce((a, b) => a + b, 0) / bases.length
      layers.forEach((layer, i) => {
        const entry = deadEntry(layer)
        ;(entries[i] as Float64Array)[point] = entry
        expect(entry).toBeGreaterThan(c0 * (1 - 1 / classes) * t ** (2 * (depth - 1 - i)))
      })
    }
    entries.forEach((values, i) => expect(fitLeadingRate(grid, values)).toMatchObject({ kind: 'rate', rate: expect.closeTo(2 * (depth - 1 - i), 4) as number }))
  })
})

describe('C6: one gauge zero is removed before dead directions are counted', () => {
  const t = 0.01
  const inputs = standardNormals(5, 40 * width)
  const faint = (spectrum: Float64Array, below: number): number => spectrum.filter(value => value < below * (spectrum[0] as number)).length

  test('with more classes than features only the head has it: without it, one dead direction under the head and none at it', async () => {
    const layers = await read(chain(width + 1), canonicalApproach(chain(width + 1), t), inputs)
    const spectra = layers.map(layer => factorSpectra(layer).gradient)
    expect(spectra.map(spectrum => faint(spectrum, 1e-28))).toEqual([0, 0, 0, 1])
    expect(spectra.map(spectrum => faint(spectrum, 1e-2) - faint(spectrum, 1e-28))).toEqual([1, 1, 1, 0])
  })

  test('with as many classes as features every layer has it, along D⁻¹ 1, which tends to the dead axis: the entry has the rate, no eigenvalue has', async () => {
    const layers = await read(chain(width), canonicalApproach(chain(width), t), inputs)
    layers.forEach((layer, i) => {
      const { s, v } = svd(layer.gradients)
      expect((s.at(-1) as number) / (s[0] as number)).toBeLessThan(1e-14)
      expect(faint(s.map(value => value * value), 1e-2)).toBe(1)
      const factor = t ** (depth - 1 - i)
      const length = Math.hypot(factor, factor, 1)
      for (let j = 0; j < width; j++) expect(Math.abs(v.data[j * v.cols + width - 1] as number)).toBeCloseTo((j === width - 1 ? 1 : factor) / length, 12)
    })
  })
})

test('C6: with label mass 1 - ε, ‖p - e_y‖² ∈ [ε², 2ε²] while tr H ∈ [ε(1-ε), 2ε]: the empirical Fisher under-reads on memorised data', async () => {
  const trace = (layer: LayerData): number => layer.gradients.data.reduce((sum, value) => sum + value * value, 0)
  await fc.assert(
    fc.asyncProperty(someLogits, fc.double({ min: 0, max: 12, noNaN: true }), async (drawn, margin) => {
      const logits = [margin, ...drawn]
      const classes = logits.length
      // The other classes' mass, summed without cancellation.
      const epsilon = softmax(logits).slice(1).reduce((a, b) => a + b, 0)
      const targets = exactTensor(logits.map((_, i) => (i === 0 ? 1 : 0)), [1, classes]) as tf.Tensor2D
      const empirical = trace(await atLogits(logits, { kind: 'empirical', targets }))
      const expected = trace(await atLogits(logits))
      targets.dispose()
      // ε ≥ 6e-7, so 1 - p loses at most nine of sixteen digits.
      const slack = 1 + 1e-9
      expect(empirical * slack).toBeGreaterThan(epsilon ** 2)
      expect(empirical).toBeLessThan(2 * epsilon ** 2 * slack)
      expect(expected * slack).toBeGreaterThan(epsilon * (1 - epsilon))
      expect(expected).toBeLessThan(2 * epsilon * slack)
    }),
    { numRuns: 40 },
  )
})
