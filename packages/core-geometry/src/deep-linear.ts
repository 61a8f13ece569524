import { identity, type Matrix, matrix, multiply, transpose } from '@dead-directions/linalg'
import { gaussianModel } from './gaussian-model.ts'
import type { StatisticalModel } from './statistical-model.ts'

/** A chain of linear layers and the rank of the true map. */
export interface DeepLinearOptions {
  /** Widths from the input to the output, one more than there are layers. */
  readonly widths: readonly number[]
  /** Rank of the true map, below every width. */
  readonly rank: number
  /** Sample of inputs, one per row; by default `√width` times each unit vector, whose second moment is the identity. */
  readonly inputs?: Matrix
}

/**
 * A deep linear network `x ↦ W_L … W_1 x` with unit Gaussian noise. Parameters: `W_1` by rows, then `W_2`, and so on.
 *
 * Every true layer is `diag(1, …, 1, 0, …)`; along the degeneration all layers carry `t` in the next channel, so that
 * `K = t^{2L} E[x²]/2` and the KL order is the number of layers L.
 *
 * @throws RangeError when sizes do not fit
 *
 * Source: arXiv 2606.05957, rows A4 and C2.
 *
 * @example
 * import { deepLinear, klOrder } from '@dead-directions/core-geometry'
 * const model = deepLinear({ widths: [2, 3, 3, 2], rank: 1 })
 * klOrder(model, model.degenerations[0]!.approach) // k = 3
 */
export function deepLinear({ widths, rank, inputs = unitInputs(widths[0] ?? 0) }: DeepLinearOptions): StatisticalModel {
  checkSizes(widths, rank, inputs)
  const sizes = widths.slice(1).map((rows, layer) => ({ rows, cols: widths[layer]! }))
  const x = transpose(inputs)
  const scaled = matrix(x.rows, x.cols, x.data.map(value => value / Math.sqrt(inputs.rows)))
  const truth = fill(sizes, (row, col) => (row === col && row < rank ? 1 : 0))
  return gaussianModel({
    name: `deep linear network (${widths.join(', ')})`,
    truth,
    // A fresh outputs × samples product, read as one vector.
    mean: theta => layers(theta, sizes).reduce((signal, layer) => multiply(layer, signal), scaled).data,
    jacobian: theta => jacobian(layers(theta, sizes), scaled, theta.length),
    degenerations: [
      {
        name: 'channel vanishes',
        approach: { origin: truth, direction: fill(sizes, (row, col) => (row === col && row === rank ? 1 : 0)) },
        klOrder: sizes.length,
      },
    ],
  })
}

type Size = Pick<Matrix, 'rows' | 'cols'>

function layers(theta: Float64Array, sizes: readonly Size[]): Matrix[] {
  let start = 0
  return sizes.map(({ rows, cols }) => matrix(rows, cols, theta.slice(start, (start += rows * cols))))
}

function fill(sizes: readonly Size[], entry: (row: number, col: number) => number): Float64Array {
  return Float64Array.from(sizes.flatMap(({ rows, cols }) => Array.from({ length: rows * cols }, (_, i) => entry(Math.floor(i / cols), i % cols))))
}

/** Derivative of the outputs in entry (a, b) of a layer: column a of what follows times row b of what comes in. */
function jacobian(chain: readonly Matrix[], inputs: Matrix, parameters: number): Matrix {
  const last = chain.at(-1)!
  const samples = inputs.cols
  const result = matrix(last.rows * samples, parameters)
  const incoming = chain.slice(0, -1).reduce((signals, layer) => [...signals, multiply(layer, signals.at(-1)!)], [inputs])
  let after = identity(last.rows)
  let end = parameters
  for (let l = chain.length - 1; l >= 0; l--) {
    const { rows, cols } = chain[l]!
    const signal = incoming[l]!
    end -= rows * cols
    for (let o = 0; o < last.rows; o++) {
      for (let s = 0; s < samples; s++) {
        const row = (o * samples + s) * parameters + end
        for (let a = 0; a < rows; a++) {
          for (let b = 0; b < cols; b++) result.data[row + a * cols + b] = after.data[o * rows + a]! * signal.data[b * samples + s]!
        }
      }
    }
    after = multiply(after, chain[l]!)
  }
  return result
}

function unitInputs(width: number): Matrix {
  return matrix(width, width, identity(width).data.map(value => value * Math.sqrt(width)))
}

function checkSizes(widths: readonly number[], rank: number, inputs: Matrix): void {
  if (widths.length < 2) throw new RangeError(`widths: got ${widths.length}, expected at least two`)
  widths.forEach((width, i) => {
    if (!Number.isInteger(width) || width < 1) throw new RangeError(`widths[${i}]: got ${width}, expected a whole number of at least 1`)
  })
  const narrowest = Math.min(...widths)
  if (!Number.isInteger(rank) || rank < 0 || rank >= narrowest) throw new RangeError(`rank: got ${rank}, expected a whole number from 0 to ${narrowest - 1}`)
  if (inputs.cols !== widths[0]) throw new RangeError(`inputs: got ${inputs.cols} columns, expected ${widths[0]}`)
}
