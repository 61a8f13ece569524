import { matrix, type Matrix } from '@dead-directions/linalg'
import { standardNormals } from '@dead-directions/network'
import type { TensorData } from '@dead-directions/registry'
import { crossing, deepLinearNetwork, reducedRankRegression, type ReducedRankShape } from '@dead-directions/selection-rule'
import { exactly, type KnownAnswer, type NetworkTruth, onlyClosedForm, secondRule } from '../model.ts'
import { type Polynomial, type PolynomialDivergence, product, sum } from '../polynomial.ts'

/** Size of the weights beyond the true rank in the checkpoint beside the truth. */
const EXCESS = 0.02
/** K is written out as a polynomial up to this number of weights. */
const WRITTEN_OUT = 14

/**
 * Reduced-rank regression `y = B A x + noise`, with λ and m of Aoyagi & Watanabe 2005; the formula for deep linear networks
 * is its second derivation.
 *
 * `shape` counts inputs, hidden units and outputs; `rank` is that of the true map.
 *
 * @throws RangeError when a size or the rank is out of range
 * @see Aoyagi & Watanabe 2005; arXiv 2606.05957, row B7.
 * @example
 * import { reducedRank } from '@dead-directions/calibration'
 *
 * reducedRank({ inputs: 4, hidden: 3, outputs: 4, rank: 1 }).exact.lambdaFraction // '6'
 */
export function reducedRank(shape: ReducedRankShape): KnownAnswer {
  const { inputs, hidden, outputs, rank } = shape
  const sizes = [inputs, hidden, outputs]
  return {
    ...linearNetwork('rrr', sizes, rank),
    title: `reduced-rank regression ${inputs} → ${hidden} → ${outputs} of true rank ${rank}`,
    exact: exactly(reducedRankRegression(shape)),
    rule: () => secondRule(deepLinearNetwork(sizes, rank)),
  }
}

/**
 * A deep linear network, with λ and m of Aoyagi 2024. Width-one chains at rank 0 have a crossing as second derivation.
 *
 * `sizes` are the widths from input to output; `rank` is that of the true end-to-end map.
 *
 * @throws RangeError when a size or the rank is out of range
 * @see Aoyagi 2024; arXiv 2606.05957, row B7.
 * @example
 * import { deepLinear } from '@dead-directions/calibration'
 *
 * deepLinear([5, 5, 5, 5], 0).exact // λ = 17/2, m = 3
 */
export function deepLinear(sizes: readonly number[], rank: number): KnownAnswer {
  const maps = sizes.length - 1
  const narrow = sizes.every(size => size === 1)
  return {
    ...linearNetwork(narrow ? 'chain' : 'dln', sizes, rank),
    title: narrow ? `chain of ${maps} weights of true rank ${rank}` : `deep linear network ${sizes.join(' → ')} of true rank ${rank}`,
    exact: exactly(deepLinearNetwork(sizes, rank)),
    rule: narrow && rank === 0 ? () => secondRule(crossing({ orders: Array<number>(maps).fill(1) })) : onlyClosedForm,
  }
}

function linearNetwork(family: string, sizes: readonly number[], rank: number): Pick<KnownAnswer, 'name' | 'family' | 'divergence' | 'network'> {
  const weights = sizes.slice(1).reduce((total, rows, layer) => total + rows * sizes[layer]!, 0)
  return { name: `${family}-${sizes.join('-')}-${rank}`, family, divergence: weights <= WRITTEN_OUT ? mapError(sizes, rank) : null, network: linearTruth(sizes, rank) }
}

/** `‖W_L … W_1 - true map‖²` in the deviations of all weights from factors with `rank` ones on their diagonals. */
function mapError(sizes: readonly number[], rank: number): PolynomialDivergence {
  const places = sizes.slice(1).flatMap((rows, layer) => Array.from({ length: rows * sizes[layer]! }, (_, i) => ({ layer, row: Math.floor(i / sizes[layer]!), col: i % sizes[layer]! })))
  const none = places.map(() => 0)
  const one: Polynomial = [{ coefficient: 1, exponents: none }]
  const weight = (layer: number, row: number, col: number): Polynomial => {
    const own: Polynomial = [{ coefficient: 1, exponents: places.map(place => (place.layer === layer && place.row === row && place.col === col ? 1 : 0)) }]
    return row === col && row < rank ? sum(one, own) : own
  }
  let map = table(sizes[1]!, sizes[0]!, (row, col) => weight(0, row, col))
  for (let layer = 1; layer < sizes.length - 1; layer++) {
    const below = map
    map = table(sizes[layer + 1]!, sizes[0]!, (row, col) => below.map((entries, k) => product(weight(layer, row, k), entries[col]!)).reduce(sum))
  }
  return {
    variables: places.map(({ layer, row, col }) => `w${layer + 1}_${row}_${col}`),
    terms: [],
    squares: map.flatMap((entries, row) => entries.map((entry, col) => (row === col && row < rank ? sum(entry, [{ coefficient: -1, exponents: none }]) : entry))),
    priorOrders: none,
  }
}

function table(rows: number, cols: number, entry: (row: number, col: number) => Polynomial): Polynomial[][] {
  return Array.from({ length: rows }, (_, row) => Array.from({ length: cols }, (_, col) => entry(row, col)))
}

function linearTruth(sizes: readonly number[], rank: number): NetworkTruth {
  const weights = (excess: (count: number, layer: number) => Float64Array): Record<string, TensorData> =>
    Object.fromEntries(
      sizes.slice(1).map((rows, layer) => {
        const cols = sizes[layer]!
        const data = excess(rows * cols, layer)
        for (let i = 0; i < rank; i++) data[i * cols + i]! += 1
        return [`body.fc${layer + 1}.weight`, { shape: [rows, cols], data }]
      }),
    )
  return {
    description: {
      input: [sizes[0]!],
      nodes: [{ name: 'body', primitive: 'mlp', spec: { widths: [...sizes], activation: 'identity', bias: false }, inputs: ['input'] }],
      output: 'body',
      likelihood: 'gaussian',
    },
    truth: weights(count => new Float64Array(count)),
    nearby: weights((count, layer) => standardNormals(layer + 1, count).map(z => EXCESS * z)),
    inputs: orthogonalInputs(sizes[0]!),
  }
}

/** Inputs whose second moment is the identity: `±√d` along each axis. */
function orthogonalInputs(width: number): Matrix {
  const inputs = matrix(2 * width, width)
  for (let i = 0; i < width; i++) {
    inputs.data[2 * i * width + i] = Math.sqrt(width)
    inputs.data[(2 * i + 1) * width + i] = -Math.sqrt(width)
  }
  return inputs
}
