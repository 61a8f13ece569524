import { type Matrix, matrix } from '@dead-directions/linalg'
import { standardNormals } from '@dead-directions/network'
import type { TensorData } from '@dead-directions/registry'
import { crossing, smoothFibre, tanhNetwork } from '@dead-directions/selection-rule'
import { exactly, type KnownAnswer, type NetworkTruth, onlyClosedForm, secondRule } from '../model.ts'
import type { PolynomialDivergence } from '../polynomial.ts'

const SAMPLES = 64
/** Inputs this wide tell the units of a student apart: its Fisher information has no near-zero directions beside the exact ones. */
const SPREAD = 2
/** Size of the weights in the checkpoint beside a truth of zero. */
const NEARBY = 0.02

/**
 * A tanh network of one input and one output whose true function is zero. Its divergence is that of the power sums
 * `Σ_j a_j b_j^{2i-1}`, i = 1 … p; with one unit a crossing is the second derivation.
 *
 * @param hidden number p of hidden units, at least 1
 * @throws RangeError when `hidden` is not a positive integer
 * @see Aoyagi, "The zeta function of learning theory and generalization error of three layered neural perceptron", 2006.
 * @example
 * import { tanhAtZero } from '@dead-directions/calibration'
 *
 * tanhAtZero(2).exact.lambdaFraction // '2/3'
 */
export function tanhAtZero(hidden: number): KnownAnswer {
  const exact = exactly(tanhNetwork(hidden))
  const zeros = new Float64Array(hidden)
  const drawn = standardNormals(hidden, 2 * hidden).map(z => NEARBY * z)
  return {
    name: `tanh-${hidden}`,
    family: 'tanh',
    title: `tanh network with ${hidden} hidden unit${hidden === 1 ? '' : 's'}, true function zero`,
    exact,
    divergence: powerSums(hidden),
    network: perceptron([1, hidden, 1], [zeros, zeros], [drawn.subarray(0, hidden), drawn.subarray(hidden)]),
    rule: hidden === 1 ? () => secondRule(crossing({ orders: [1, 1] })) : onlyClosedForm,
  }
}

/** `Σ_i (Σ_j a_j b_j^{2i-1})²` in a_1, b_1, a_2 and so on. */
function powerSums(hidden: number): PolynomialDivergence {
  const units = Array.from({ length: hidden }, (_, j) => j)
  const term = (j: number, power: number): number[] => units.flatMap(unit => (unit === j ? [1, power] : [0, 0]))
  return {
    variables: units.flatMap(j => [`a${j + 1}`, `b${j + 1}`]),
    terms: [],
    squares: units.map(i => units.map(j => ({ coefficient: 1, exponents: term(j, 2 * i + 1) }))),
    priorOrders: units.flatMap(() => [0, 0]),
  }
}

/**
 * Tanh students wider than their teacher, two of whose units are one: λ and m at this point, where the pair's separation
 * has KL order 2 in every input dimension; and a student as wide as its teacher, which is regular.
 *
 * @see Amari, Park & Ozeki 2006; arXiv 2606.05957, rows A4 and B1(c).
 * @example
 * import { tanhStudents } from '@dead-directions/calibration'
 *
 * tanhStudents().map(({ exact }) => exact.lambdaFraction) // ['9/4', '7/2', '2']
 */
export function tanhStudents(): readonly KnownAnswer[] {
  return [
    student({
      name: 'merging-1',
      title: 'tanh student 1 → 3 → 1, two units one',
      exact: { orders: [2], regular: 4 },
      widths: [1, 3, 1],
      incoming: { truth: [0.616, -2.5, -0.616], nearby: [0.6, -2.5, -0.63] },
      outgoing: [2.8, 4.8, -3.2],
    }),
    student({
      name: 'merging-2',
      title: 'tanh student 2 → 3 → 1, two units one',
      exact: { orders: [2, 2], regular: 6 },
      widths: [2, 3, 1],
      incoming: { truth: [0.91, 0.295, -1.2, 1.5, 0.91, 0.295], nearby: [0.9, 0.3, -1.2, 1.5, 0.92, 0.29] },
      outgoing: [3, 4.8, 3],
    }),
    student({
      name: 'regular',
      title: 'tanh student 1 → 2 → 1 as wide as its teacher',
      exact: { orders: [], regular: 4 },
      widths: [1, 2, 1],
      incoming: { truth: [0.6, -2.5], nearby: [0.6, -2.5] },
      outgoing: [2.8, 4.8],
    }),
  ]
}

interface Student {
  readonly name: string
  readonly title: string
  readonly exact: Parameters<typeof smoothFibre>[0]
  readonly widths: readonly number[]
  readonly incoming: { readonly truth: readonly number[]; readonly nearby: readonly number[] }
  readonly outgoing: readonly number[]
}

function student({ name, title, exact, widths, incoming, outgoing }: Student): KnownAnswer {
  const last = Float64Array.from(outgoing)
  return {
    name: `student-${name}`,
    family: 'student',
    title,
    exact: exactly(smoothFibre(exact)),
    divergence: null,
    network: perceptron(widths, [Float64Array.from(incoming.truth), last], [Float64Array.from(incoming.nearby), last]),
    rule: onlyClosedForm,
  }
}

function perceptron(widths: readonly number[], truth: readonly Float64Array[], nearby: readonly Float64Array[]): NetworkTruth {
  const weights = (values: readonly Float64Array[]): Record<string, TensorData> =>
    Object.fromEntries(values.map((data, layer) => [`body.fc${layer + 1}.weight`, { shape: [widths[layer + 1]!, widths[layer]!], data }]))
  return {
    description: {
      input: [widths[0]!],
      nodes: [{ name: 'body', primitive: 'mlp', spec: { widths: [...widths], activation: 'tanh', bias: false }, inputs: ['input'] }],
      output: 'body',
      likelihood: 'gaussian',
    },
    truth: weights(truth),
    nearby: weights(nearby),
    inputs: normalInputs(widths[0]!),
  }
}

function normalInputs(width: number): Matrix {
  return matrix(SAMPLES, width, standardNormals(3, SAMPLES * width).map(z => SPREAD * z))
}
