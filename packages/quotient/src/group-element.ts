import { identity, type Matrix, matrix, multiply, svd, transpose } from '@dead-directions/linalg'
import { standardNormals } from '@dead-directions/network'
import type { GaugeData } from './gauge.ts'

/** A group element as a matrix over the units and its inverse transpose; of a translation, the column of its shifts and of their negatives. */
export interface GroupElement {
  readonly forward: Matrix
  readonly dual: Matrix
}

/** A random element of the gauge's group, the same for the same seed. */
export function randomElement({ kind, units }: GaugeData, seed: number): GroupElement {
  switch (kind) {
    case 'translation': {
      const shifts = standardNormals(seed, units)
      return { forward: matrix(units, 1, shifts), dual: matrix(units, 1, shifts.map(x => -x)) }
    }
    case 'rescaling': {
      const normals = standardNormals(seed, units)
      return { forward: withDiagonal(units, i => Math.exp(normals[i] as number)), dual: withDiagonal(units, i => Math.exp(-(normals[i] as number))) }
    }
    case 'sign': {
      const normals = standardNormals(seed, units)
      return orthogonal(withDiagonal(units, i => ((normals[i] as number) > 0 ? 1 : -1)))
    }
    case 'permutation':
      return orthogonal(permutation(standardNormals(seed, units)))
    case 'rotation':
      return orthogonal(svd(matrix(units, units, standardNormals(seed, units * units))).u)
    case 'phase':
      return orthogonal(phases(units, standardNormals(seed, units)))
    case 'general-linear': {
      const { u, v } = svd(matrix(units, units, standardNormals(seed, units * units)))
      const around = (middle: Matrix): Matrix => multiply(multiply(u, middle), transpose(v))
      return { forward: around(withDiagonal(units, i => 1 + i / units)), dual: around(withDiagonal(units, i => 1 / (1 + i / units))) }
    }
  }
}

function orthogonal(forward: Matrix): GroupElement {
  return { forward, dual: forward }
}

function withDiagonal(units: number, entry: (i: number) => number): Matrix {
  const result = identity(units)
  for (let i = 0; i < units; i++) result.data[i * units + i] = entry(i)
  return result
}

function permutation(keys: Float64Array): Matrix {
  const order = Array.from(keys.keys()).sort((a, b) => (keys[a] as number) - (keys[b] as number))
  const result = matrix(keys.length, keys.length)
  order.forEach((from, to) => (result.data[to * keys.length + from] = 1))
  return result
}

function phases(units: number, angles: Float64Array): Matrix {
  const result = identity(units)
  for (let i = 0; i + 1 < units; i += 2) {
    const [c, s] = [Math.cos(angles[i] as number), Math.sin(angles[i] as number)]
    result.data.set([c, -s], i * units + i)
    result.data.set([s, c], (i + 1) * units + i)
  }
  return result
}
