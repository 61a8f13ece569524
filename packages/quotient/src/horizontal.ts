import { dot, fromRows, type Matrix, matrix, multiply, norm, qr, singularValues, transpose } from '@dead-directions/linalg'
import type { Network, ParameterValues } from '@dead-directions/network'
import { gaugeTangents } from './gauge-tangents.ts'
import type { Tangent } from './tangents.ts'

/** The tangent space of parameters split along an orbit and across it. */
export interface HorizontalSpace {
  /** Number of gauge directions. */
  readonly dimension: number
  /** Orthonormal basis of the vertical space, a row each. */
  readonly vertical: Matrix
  /** The part of a vector that no gauge moves along. */
  horizontal(vector: Float64Array): Float64Array
}

/**
 * The split of parameter space along the orbit of gauges and across it, by a pivoted QR factorisation of the tangents, so
 * that generators that depend on each other count once.
 *
 * @param tangents by parameter name
 * @param sizes number of entries of every parameter, in the order in which vectors hold them
 * @example
 * import { horizontalSpace } from '@dead-directions/quotient'
 * const space = horizontalSpace([{ a: Float64Array.of(1), b: Float64Array.of(-1) }], { a: 1, b: 1 })
 * space.horizontal(Float64Array.of(1, 0)) // Float64Array [0.5, 0.5]
 */
export function horizontalSpace(tangents: readonly Tangent[], sizes: Readonly<Record<string, number>>): HorizontalSpace {
  const vertical = basis(tangents.map(tangent => flat(tangent, sizes)))
  return {
    dimension: vertical.rows,
    vertical,
    horizontal(vector) {
      const rest = vector.slice()
      // Once more, since the first pass leaves what its own rounding put there.
      for (let pass = 0; pass < 2; pass++) {
        for (let i = 0; i < vertical.rows; i++) {
          const row = vertical.data.subarray(i * vertical.cols, (i + 1) * vertical.cols)
          const component = dot(row, rest)
          for (let j = 0; j < rest.length; j++) rest[j]! -= component * (row[j] as number)
        }
      }
      return rest
    },
  }
}

/**
 * Singular values of per-sample scores on the horizontal space, descending, one for each of its dimensions that the samples
 * can show: the spectrum of the Fisher matrix without its gauge zeros. Source: arXiv 2606.05957, row D2.
 *
 * @param scores a row for each sample, the parameters' entries in the network's order as columns
 * @returns square roots of the Fisher eigenvalues, times the root of the number of samples
 * @example
 * import { linear } from '@dead-directions/arch-linear'
 * import { nodeBackend } from '@dead-directions/backend-node'
 * import { fromRows } from '@dead-directions/linalg'
 * import { buildNetwork } from '@dead-directions/network'
 * import { horizontalFisher } from '@dead-directions/quotient'
 * import { createRegistry } from '@dead-directions/registry'
 *
 * await nodeBackend.install()
 * const node = (name: string, from: string) => ({ name, primitive: 'linear', spec: { in: 1, out: 1 }, inputs: [from] })
 * const network = buildNetwork({ input: [1], nodes: [node('a', 'input'), node('b', 'a')], output: 'b', likelihood: 'gaussian' }, createRegistry().use(linear))
 * const weight = { shape: [1, 1], data: Float64Array.of(0.1) }
 * // The scores of b a x at x = ±1: the horizontal Fisher value is 2 t² at a = b = t.
 * horizontalFisher(network, { 'a.weight': weight, 'b.weight': weight }, fromRows([[0.1, 0.1], [-0.1, -0.1]])) // [0.2]
 */
export function horizontalFisher(network: Network, parameters: ParameterValues, scores: Matrix): Float64Array {
  const sizes = Object.fromEntries(Object.keys(network.parameters).map(name => [name, parameters[name]?.data.length ?? 0]))
  const entries = Object.values(sizes).reduce((sum, size) => sum + size, 0)
  if (scores.cols !== entries) throw new RangeError(`horizontalFisher: scores have ${scores.cols} columns, expected ${entries}, one for each parameter entry`)
  const space = horizontalSpace(gaugeTangents(network, parameters).flatMap(({ tangents }) => tangents), sizes)
  const projected = matrix(scores.rows, scores.cols)
  for (let i = 0; i < scores.rows; i++) projected.data.set(space.horizontal(scores.data.slice(i * scores.cols, (i + 1) * scores.cols)), i * scores.cols)
  return singularValues(projected).slice(0, Math.min(scores.rows, scores.cols - space.dimension))
}

/**
 * `W'ᵀW' - W Wᵀ` over the units between two linear maps `W` and `W'`, which Euclidean gradient flow conserves.
 * Source: arXiv 2606.05957, row D3.
 *
 * @param first `[units, in]`
 * @param second `[out, units]`
 * @throws RangeError when the units differ in number
 * @example
 * import { fromRows } from '@dead-directions/linalg'
 * import { balanceDefect } from '@dead-directions/quotient'
 * balanceDefect(fromRows([[1]]), fromRows([[2]])).data // Float64Array [3]
 */
export function balanceDefect(first: Matrix, second: Matrix): Matrix {
  if (first.rows !== second.cols) throw new RangeError(`balanceDefect: second has ${second.cols} columns, expected ${first.rows}, the rows of first`)
  const [before, after] = [multiply(first, transpose(first)), multiply(transpose(second), second)]
  return { ...after, data: after.data.map((x, i) => x - (before.data[i] as number)) }
}

function flat(tangent: Tangent, sizes: Readonly<Record<string, number>>): Float64Array {
  const row = new Float64Array(Object.values(sizes).reduce((sum, n) => sum + n, 0))
  let at = 0
  for (const [name, size] of Object.entries(sizes)) {
    const part = tangent[name]
    if (part !== undefined) row.set(part, at)
    at += size
  }
  return row
}

function basis(rows: readonly Float64Array[]): Matrix {
  // Units of very different size span directions just as well.
  const unit = rows.map(row => [row, norm(row)] as const).flatMap(([row, length]) => (length > 0 ? [row.map(x => x / length)] : []))
  if (unit.length === 0) return matrix(0, rows[0]?.length ?? 0)
  const { q, r } = qr(transpose(fromRows(unit)), { pivoting: true })
  const rank = Array.from({ length: r.rows }, (_, i) => Math.abs(r.data[i * r.cols + i] as number)).filter(size => size > 1e-12).length
  return { rows: rank, cols: q.rows, data: transpose(q).data.slice(0, rank * q.rows) }
}
