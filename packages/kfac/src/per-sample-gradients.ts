import { gemm, type Matrix, matrix } from '@dead-directions/linalg'
import type { Network } from '@dead-directions/network'
import type { LayerData } from './layer-data.ts'

/**
 * The score matrix R of all parameters: one row per pass and sample, `RᵀR` the Fisher information matrix.
 * Its singular values are to be read from it, never from the product. Source: arXiv 2606.05957, rows C1 and F.1.
 *
 * @param layers what `layerData` gave
 * @returns `[passes · samples, parameters]`, columns in the order of `network.parameters`
 * @throws RangeError when a parameter is no layer's weight or bias, or a layer has several positions
 */
export function perSampleGradients(network: Network, layers: readonly LayerData[]): Matrix {
  const columns = parameterColumns(network)
  const rows = layers[0]?.gradients.rows ?? 0
  const result = matrix(rows, columns.total)
  for (const { layer, activations, gradients } of layers) {
    if (layer.positions.length > 0) throw new RangeError(`layer ${layer.name}: has positions, expected one vector per sample`)
    const weight = columns.starts.get(layer.weight ?? '')
    if (weight === undefined) throw new RangeError(`layer ${layer.name}: its weight is no parameter of the network`)
    const bias = layer.bias === null ? undefined : columns.starts.get(layer.bias)
    const unscale = Math.sqrt(activations.rows)
    for (let row = 0; row < rows; row++) {
      const a = (row % activations.rows) * activations.cols
      for (let o = 0; o < layer.out; o++) {
        const g = gradients.data[row * layer.out + o] as number
        const at = row * columns.total
        for (let j = 0; j < layer.in; j++) result.data[at + weight + o * layer.in + j] = g * (activations.data[a + j] as number) * unscale
        if (bias !== undefined) result.data[at + bias + o] = g
      }
    }
  }
  return result
}

/**
 * `R Rᵀ` of the per-sample gradients without forming them: `Σ_layers (a aᵀ) ∘ (g gᵀ)`.
 * Source: arXiv 2606.21158, row F2.
 *
 * @returns `[passes · samples, passes · samples]`
 */
export function perSampleGradientGram(layers: readonly LayerData[]): Matrix {
  const rows = layers[0]?.gradients.rows ?? 0
  const result = matrix(rows, rows)
  for (const { activations, gradients } of layers) {
    const aa = outer(activations)
    const gg = outer(gradients)
    const n = activations.rows
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < rows; j++) {
        const at = i * rows + j
        result.data[at] = (result.data[at] as number) + (aa.data[(i % n) * n + (j % n)] as number) * n * (gg.data[at] as number)
      }
    }
  }
  return result
}

/** Where each parameter's columns start in a score matrix, and how many there are in all. */
export function parameterColumns(network: Network): { readonly starts: ReadonlyMap<string, number>; readonly total: number } {
  const starts = new Map<string, number>()
  let total = 0
  for (const [name, { shape }] of Object.entries(network.parameters)) {
    starts.set(name, total)
    total += shape.reduce((product, n) => product * n, 1)
  }
  const covered = new Set(network.layers.flatMap(layer => [layer.weight, layer.bias]))
  const missing = [...starts.keys()].find(name => !covered.has(name))
  if (missing !== undefined) throw new RangeError(`parameter ${missing}: is no layer's weight or bias`)
  return { starts, total }
}

function outer(a: Matrix): Matrix {
  const result = matrix(a.rows, a.rows)
  gemm({ m: a.rows, n: a.rows, k: a.cols, a: a.data, b: a.data, c: result.data, transposeB: true })
  return result
}
