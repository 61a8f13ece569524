import { exactData } from '@dead-directions/autodiff'
import { cotangents, layerData, parameterColumns, perSampleGradients } from '@dead-directions/kfac'
import { type Matrix, matrix, norm } from '@dead-directions/linalg'
import { forward, type Network, parameterTensors, type ParameterValues } from '@dead-directions/network'
import * as tf from '@tensorflow/tfjs'
import { readoutCriteria } from './criteria.ts'

/** How many numbers the network's parameters are. */
export function parameterCount(network: Network): number {
  return Object.values(network.parameters).reduce((sum, { shape }) => sum + shape.reduce((product, n) => product * n, 1), 0)
}

/** What keeps all parameters' scores from being one matrix that is decomposed in seconds, or `null`. */
export function scoresObstacle(network: Network, samples: number): string | null {
  const total = parameterCount(network)
  const covered = new Set(network.layers.flatMap(layer => [layer.weight, layer.bias]))
  const loose = Object.keys(network.parameters).find(name => !covered.has(name))
  if (loose !== undefined) return `parameter ${loose} is no layer's weight or bias`
  if (network.outputShape.length > 1 || network.layers.some(layer => layer.positions.length > 0)) return 'its samples have several positions'
  const { jointParameters, jointEntries } = readoutCriteria
  return total <= jointParameters && total * samples * (network.outputShape[0] as number) <= jointEntries ? null : `${total} parameters are too many`
}

/** The exact score matrix of all parameters: `[outputs · samples, parameters]`, its Gram the Fisher matrix. */
export async function scoreMatrix(network: Network, parameters: ParameterValues, inputs: tf.Tensor): Promise<Matrix> {
  const tensors = parameterTensors(parameters)
  const layers = await layerData(network, tensors, inputs, { kind: 'exact' })
  tf.dispose(tensors)
  return perSampleGradients(network, layers)
}

/**
 * The change of the outputs from one point to others, weighted as the rows of the score matrix at the first,
 * so that half its squared length is the divergence to leading order.
 */
export async function outputChanges(network: Network, inputs: tf.Tensor, origin: ParameterValues, others: readonly ParameterValues[]): Promise<readonly Float64Array[]> {
  const [samples, width] = [inputs.shape[0] as number, network.outputShape[0] as number]
  const base = await outputs(network, origin, inputs)
  const roots = await Promise.all(
    cotangents(network.description.likelihood, { kind: 'exact' }, width).map(async root => {
      const tensor = tf.tidy(() => root(base.tensor))
      const data = await exactData(tensor)
      tensor.dispose()
      return data
    }),
  )
  const changes: Float64Array[] = []
  for (const other of others) {
    const moved = await outputs(network, other, inputs)
    const rows = new Float64Array(width * samples)
    roots.forEach((root, s) => {
      for (let n = 0; n < samples; n++) {
        let total = 0
        for (let o = 0; o < width; o++) total += (root[n * width + o] as number) * ((moved.data[n * width + o] as number) - (base.data[n * width + o] as number))
        rows[s * samples + n] = total / Math.sqrt(samples)
      }
    })
    changes.push(rows)
    moved.tensor.dispose()
  }
  base.tensor.dispose()
  return changes
}

/** Root mean square of the outputs, over samples and outputs. */
export async function outputSize({ network, parameters, inputs }: { readonly network: Network; readonly parameters: ParameterValues; readonly inputs: tf.Tensor }): Promise<number> {
  const { tensor, data } = await outputs(network, parameters, inputs)
  tensor.dispose()
  return Math.sqrt(data.reduce((sum, value) => sum + value * value, 0) / data.length)
}

async function outputs(network: Network, parameters: ParameterValues, inputs: tf.Tensor): Promise<{ tensor: tf.Tensor2D; data: Float64Array }> {
  const tensors = parameterTensors(parameters)
  const tensor = tf.tidy(() => forward(network, tensors, inputs)) as tf.Tensor2D
  tf.dispose(tensors)
  return { tensor, data: await exactData(tensor) }
}

/** Directions by parameter name as rows of a matrix over all parameters, each of unit length. */
export function asRows(network: Network, directions: readonly Readonly<Record<string, Float64Array>>[]): Matrix {
  const { starts, total } = parameterColumns(network)
  const result = matrix(directions.length, total)
  directions.forEach((direction, i) => {
    const size = Math.hypot(...Object.values(direction).map(norm))
    for (const [name, values] of Object.entries(direction)) {
      const start = starts.get(name)
      if (start === undefined) throw new RangeError(`direction: got parameter ${name}, expected one of the network's`)
      for (let j = 0; j < values.length; j++) result.data[i * total + start + j] = size === 0 ? 0 : (values[j] as number) / size
    }
  })
  return result
}
