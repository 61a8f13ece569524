import type { Landscape } from '@dead-directions/llc'
import { type Matrix, matrix, multiply, transpose } from '@dead-directions/linalg'
import type { NetworkTruth } from '../model.ts'
import type { Polynomial, PolynomialDivergence } from '../polynomial.ts'

/** K of a polynomial divergence as the mean loss of `observations` observations, around the origin; its prior is not part of it. */
export function polynomialLandscape({ variables, terms, squares }: PolynomialDivergence, observations: number): Landscape {
  const size = variables.length
  const plain = sparse(terms)
  const squared = squares.map(sparse)
  return {
    centre: new Float64Array(size),
    observations,
    evaluate(point) {
      const gradient = new Float64Array(size)
      const sizes = point.map(Math.abs)
      const atSizes = new Float64Array(size)
      let loss = evaluated(plain, sizes, atSizes, () => 1)
      for (const square of squared) loss += evaluated(square, point, gradient, root => 2 * root) ** 2
      // Terms that stand alone are of absolute values.
      return { loss, gradient: gradient.map((slope, i) => slope + Math.sign(point[i]!) * atSizes[i]!) }
    },
  }
}

/**
 * K of a perceptron without biases against its own truth, `½ E |f - f*|²` over its inputs, as the mean loss of `observations`
 * observations around the truth.
 */
export function perceptronLandscape({ truth, inputs, description }: NetworkTruth, observations: number): Landscape {
  const curved = (description.nodes[0]!.spec as { readonly activation: string }).activation === 'tanh'
  const shapes = Object.values(truth).map(({ shape }) => shape as readonly [number, number])
  const centre = Float64Array.from(Object.values(truth).flatMap(({ data }) => [...data]))
  const target = passed(weightsOf(centre, shapes), inputs, curved).at(-1)!.data
  return {
    centre,
    observations,
    evaluate(point) {
      const weights = weightsOf(point, shapes)
      const values = passed(weights, inputs, curved)
      const { rows, cols, data } = values.at(-1)!
      const residual = data.map((value, i) => value - target[i]!)
      const loss = residual.reduce((sum, value) => sum + value * value, 0) / (2 * rows)
      return { loss, gradient: gradientOf(weights, values, matrix(rows, cols, residual.map(value => value / rows)), curved) }
    },
  }
}

function weightsOf(point: Float64Array, shapes: readonly (readonly [number, number])[]): Matrix[] {
  let start = 0
  return shapes.map(([rows, cols]) => matrix(rows, cols, point.slice(start, (start += rows * cols))))
}

/** The inputs, what each layer hands on, and the outputs; one sample per row. */
function passed(weights: readonly Matrix[], inputs: Matrix, curved: boolean): Matrix[] {
  const values = [inputs]
  weights.forEach((weight, layer) => {
    const { rows, cols, data } = multiply(values[layer]!, transpose(weight))
    values.push(matrix(rows, cols, curved && layer < weights.length - 1 ? data.map(Math.tanh) : data))
  })
  return values
}

/** @param last derivative of the loss for the outputs */
function gradientOf(weights: readonly Matrix[], values: readonly Matrix[], last: Matrix, curved: boolean): Float64Array {
  const gradients: Float64Array[] = []
  let back = last
  for (let layer = weights.length - 1; layer >= 0; layer--) {
    const below = values[layer]!
    gradients.unshift(multiply(transpose(back), below).data)
    const { rows, cols, data } = multiply(back, weights[layer]!)
    back = matrix(rows, cols, curved ? data.map((value, i) => value * (1 - below.data[i]! ** 2)) : data)
  }
  return Float64Array.from(gradients.flatMap(gradient => [...gradient]))
}

/** A term without the variables that it does not hold. */
interface SparseTerm {
  readonly coefficient: number
  readonly factors: readonly { readonly index: number; readonly power: number }[]
}

function sparse(polynomial: Polynomial): SparseTerm[] {
  return polynomial.map(({ coefficient, exponents }) => ({ coefficient, factors: exponents.flatMap((power, index) => (power === 0 ? [] : [{ index, power }])) }))
}

/** The value at a point; its gradient times `factor(value)` is added to `gradient`. */
function evaluated(terms: readonly SparseTerm[], point: Float64Array, gradient: Float64Array, factor: (value: number) => number): number {
  const value = terms.reduce((sum, { coefficient, factors }) => sum + factors.reduce((product, { index, power }) => product * point[index]! ** power, coefficient), 0)
  const times = factor(value)
  for (const { coefficient, factors } of terms) {
    for (const own of factors) {
      const slope = factors.reduce((product, { index, power }) => product * (index === own.index ? power * point[index]! ** (power - 1) : point[index]! ** power), coefficient)
      gradient[own.index]! += times * slope
    }
  }
  return value
}
