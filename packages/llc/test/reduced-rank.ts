import { matrix, type Matrix, multiply, transpose } from '@dead-directions/linalg'
import { standardNormals } from '@dead-directions/network'
import type { ReducedRankShape } from '@dead-directions/selection-rule'
import type { Landscape } from '../src/index.ts'

/**
 * `½ |y - B A x|²` averaged over `observations` drawn pairs, from their second moments, around the most singular true point: the
 * first `rank` diagonal entries of A and B are 1 and everything else is 0.
 */
export function reducedRankLandscape({ inputs: M, hidden: H, outputs: N, rank }: ReducedRankShape, observations: number, seed: number): Landscape {
  const x = matrix(observations, M, standardNormals(seed, observations * M))
  const noise = matrix(observations, N, standardNormals(seed + 1, observations * N))
  const y = matrix(observations, N, noise.data.map((value, i) => value + (i % N < rank ? x.data[Math.floor(i / N) * M + (i % N)]! : 0)))
  const moment = scaled(multiply(transpose(x), x), 1 / observations)
  const cross = scaled(multiply(transpose(y), x), 1 / observations)
  const centre = new Float64Array(H * M + N * H)
  for (let i = 0; i < rank; i++) centre[i * M + i] = centre[H * M + i * H + i] = 1
  return {
    centre,
    observations,
    // L = ½ tr(C Σ Cᵀ) - tr(C Sᵀ) + constant with C = B A; the gradient for C is C Σ - S.
    evaluate(w) {
      const a = matrix(H, M, w.slice(0, H * M))
      const b = matrix(N, H, w.slice(H * M))
      const c = multiply(b, a)
      const moved = multiply(c, moment)
      const residual = matrix(N, M, moved.data.map((value, i) => value - cross.data[i]!))
      const loss = c.data.reduce((sum, value, i) => sum + value * (moved.data[i]! / 2 - cross.data[i]!), 0)
      const gradient = new Float64Array(w.length)
      gradient.set(multiply(transpose(b), residual).data)
      gradient.set(multiply(residual, transpose(a)).data, H * M)
      return { loss, gradient }
    },
    losses(w) {
      const fitted = multiply(x, transpose(multiply(matrix(N, H, w.slice(H * M)), matrix(H, M, w.slice(0, H * M)))))
      return Float64Array.from({ length: observations }, (_, i) => {
        let squares = 0
        for (let j = i * N; j < (i + 1) * N; j++) squares += (y.data[j]! - fitted.data[j]!) ** 2
        return squares / 2
      })
    },
  }
}

function scaled({ rows, cols, data }: Matrix, factor: number): Matrix {
  return matrix(rows, cols, data.map(value => value * factor))
}
