import { identity, type Matrix, matrix, multiply, svd, transpose } from '@dead-directions/linalg'
import { type ParameterValues, standardNormals } from '@dead-directions/network'
import type { GaugeDeclaration, TensorData } from '@dead-directions/registry'

/** A group element and its inverse. */
interface Element {
  readonly forward: Matrix
  readonly inverse: Matrix
}

/**
 * Parameters moved by a random element of a declared gauge. Source: arXiv 2606.05957, row D1.
 *
 * @param node the node that declares it, whose name leads its parameters'
 */
export function movedByGauge(gauge: GaugeDeclaration, node: string, parameters: ParameterValues, seed: number): ParameterValues {
  const { forward, inverse } = randomElement(gauge.kind, gauge.units, seed)
  const moved: Record<string, TensorData> = {}
  const offset = gauge.offset ?? 0
  const act = (names: readonly string[], action: (value: TensorData) => TensorData): void => {
    for (const name of names) moved[`${node}.${name}`] = action((moved[`${node}.${name}`] ?? parameters[`${node}.${name}`]) as TensorData)
  }
  act(gauge.rows, value => onRows(value, forward, offset))
  act(gauge.dualRows ?? [], value => onRows(value, transpose(inverse), offset))
  act(gauge.columns, value => onColumns(value, inverse, offset))
  return { ...parameters, ...moved }
}

function onRows({ shape, data }: TensorData, element: Matrix, offset: number): TensorData {
  const columns = shape.length === 1 ? 1 : (shape[1] as number)
  const result = Float64Array.from(data)
  const block = matrix(element.rows, columns, data.slice(offset * columns, (offset + element.rows) * columns))
  result.set(multiply(element, block).data, offset * columns)
  return { shape, data: result }
}

function onColumns({ shape, data }: TensorData, element: Matrix, offset: number): TensorData {
  const [rows, columns] = shape as [number, number]
  const turned = transpose(matrix(rows, columns, data))
  const acted = onRows({ shape: [columns, rows], data: turned.data }, transpose(element), offset)
  return { shape, data: transpose(matrix(columns, rows, acted.data)).data }
}

function randomElement(kind: GaugeDeclaration['kind'], units: number, seed: number): Element {
  const normals = standardNormals(seed, units * units)
  const diagonal = (entry: (i: number) => number): Element => ({ forward: withDiagonal(units, entry), inverse: withDiagonal(units, i => 1 / entry(i)) })
  switch (kind) {
    case 'rescaling':
      return diagonal(i => Math.exp(0.5 * (normals[i] as number)))
    case 'sign':
      return diagonal(i => ((normals[i] as number) > 0 ? 1 : -1))
    case 'permutation':
      return orthogonal(permutation(normals.subarray(0, units)))
    case 'rotation':
      return orthogonal(svd(matrix(units, units, normals)).u)
    case 'phase':
      return orthogonal(phases(units, normals))
    case 'general-linear': {
      const { u, v } = svd(matrix(units, units, normals))
      const stretch = withDiagonal(units, i => 1 + i / units)
      return { forward: multiply(multiply(u, stretch), transpose(v)), inverse: multiply(multiply(v, withDiagonal(units, i => 1 / (1 + i / units))), transpose(u)) }
    }
  }
}

function orthogonal(forward: Matrix): Element {
  return { forward, inverse: transpose(forward) }
}

function withDiagonal(units: number, entry: (i: number) => number): Matrix {
  const result = identity(units)
  for (let i = 0; i < units; i++) result.data[i * units + i] = entry(i)
  return result
}

function permutation(keys: Float64Array): Matrix {
  const order = Array.from(keys, (_, i) => i).sort((a, b) => (keys[a] as number) - (keys[b] as number))
  const result = matrix(keys.length, keys.length)
  order.forEach((from, to) => (result.data[to * keys.length + from] = 1))
  return result
}

function phases(units: number, angles: Float64Array): Matrix {
  const result = matrix(units, units)
  for (let i = 0; i + 1 < units; i += 2) {
    const [c, s] = [Math.cos(angles[i] as number), Math.sin(angles[i] as number)]
    result.data.set([c, -s], i * units + i)
    result.data.set([s, c], (i + 1) * units + i)
  }
  return result
}
