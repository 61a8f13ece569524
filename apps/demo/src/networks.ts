import { buildNetwork, deepLinearNetwork, type Matrix, matrix, type Network, presetRegistry, reducedRankRegression, standardNormals } from '@dead-directions/dead-directions'
import type { Training } from './train.ts'

/** A network of known truth, how it is trained, and the closed form of its real log canonical threshold. */
export interface KnownTruth {
  readonly name: string
  readonly title: string
  readonly network: Network
  readonly inputs: Matrix
  readonly targets: Matrix
  readonly seed: number
  /** Factor on the primitive's initial weights. */
  readonly scale: number
  readonly training: Training
  readonly expected: { readonly lambda: number; readonly multiplicity: number; readonly source: string }
}

/** The built-in three: reduced-rank regression, a deep linear chain, and a tanh student wider than its teacher. */
export function knownTruths(): readonly KnownTruth[] {
  return [reducedRank(), deepLinear(), tanhStudent()]
}

function reducedRank(): KnownTruth {
  const { lambda, multiplicity } = reducedRankRegression({ inputs: 4, hidden: 3, outputs: 4, rank: 1 })
  return {
    name: 'reduced-rank',
    title: 'reduced-rank regression 4→3→4, true rank 1',
    network: perceptron([4, 3, 4], 'identity'),
    ...rankOneData(256),
    seed: 3,
    scale: 0.1,
    training: { steps: 2000, learningRate: 0.02, momentum: 0.9, batch: 64 },
    expected: { lambda, multiplicity, source: 'Aoyagi & Watanabe 2005' },
  }
}

function deepLinear(): KnownTruth {
  const { lambda, multiplicity } = deepLinearNetwork([4, 4, 4, 4], 1)
  return {
    name: 'deep-linear',
    title: 'deep linear network 4→4→4→4, true rank 1',
    network: perceptron([4, 4, 4, 4], 'identity'),
    ...rankOneData(256),
    seed: 3,
    scale: 0.1,
    training: { steps: 3000, learningRate: 0.02, momentum: 0.9, batch: 64 },
    expected: { lambda, multiplicity, source: 'Aoyagi 2024' },
  }
}

/**
 * Two true units, three in the student. Where a student's unit doubles a true one, K is two regular pairs of parameters and
 * `x²y⁴` of the double's: λ = 4/2 + 1/4, m = 1; anywhere else on the true set λ is larger.
 */
function tanhStudent(): KnownTruth {
  const samples = 64
  const inputs = matrix(samples, 1, Float64Array.from({ length: samples }, (_, i) => -3 + (6 * (i + 0.5)) / samples))
  return {
    name: 'tanh-student',
    title: 'tanh student of 3 units, teacher of 2',
    network: perceptron([1, 3, 1], 'tanh'),
    inputs,
    targets: matrix(samples, 1, inputs.data.map(x => 1.5 * Math.tanh(0.6 * x) - 1.2 * Math.tanh(2.5 * x))),
    seed: 4,
    scale: 0.3,
    training: { steps: 6000, learningRate: 0.05, momentum: 0.9, batch: samples },
    expected: { lambda: 9 / 4, multiplicity: 1, source: 'normal form x²y⁴ beside four regular parameters' },
  }
}

function perceptron(widths: readonly number[], activation: string): Network {
  return buildNetwork(
    { input: [widths[0] as number], nodes: [{ name: 'body', primitive: 'mlp', spec: { widths, activation }, inputs: ['input'] }], output: 'body', likelihood: 'gaussian' },
    presetRegistry(),
  )
}

/** Normal inputs in four dimensions and twice their coordinate along one unit vector, sent along another. */
function rankOneData(samples: number): { inputs: Matrix; targets: Matrix } {
  const inputs = matrix(samples, 4, standardNormals(1, samples * 4))
  const [to, from] = [unit(standardNormals(5, 4)), unit(standardNormals(6, 4))]
  const targets = matrix(samples, 4)
  for (let n = 0; n < samples; n++) {
    const coordinate = from.reduce((sum, value, j) => sum + value * (inputs.data[n * 4 + j] as number), 0)
    targets.data.set(to.map(value => 2 * coordinate * value), n * 4)
  }
  return { inputs, targets }
}

function unit(vector: Float64Array): Float64Array {
  const size = Math.hypot(...vector)
  return vector.map(value => value / size)
}
