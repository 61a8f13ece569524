import type { Matrix } from '@dead-directions/linalg'
import type { TensorData } from '@dead-directions/registry'

/** Sizes of an array seen as `[outer, length, inner]` around one axis. */
export interface AxisView {
  readonly outer: number
  readonly length: number
  readonly inner: number
}

/** A vector or matrix around one of its axes. */
export function around(shape: readonly number[], axis: 0 | 1): AxisView {
  const [first = 1, second = 1] = shape
  return axis === 0 ? { outer: 1, length: first, inner: second } : { outer: first, length: second, inner: 1 }
}

/** The value with as many entries of an axis, from `offset` on, mapped by a square matrix. */
export function alongAxis({ shape, data }: TensorData, axis: 0 | 1, offset: number, map: Matrix): TensorData {
  const { outer, length, inner } = around(shape, axis)
  const result = Float64Array.from(data)
  const units = map.rows
  for (let o = 0; o < outer; o++) {
    const start = (o * length + offset) * inner
    for (let i = 0; i < units; i++) {
      for (let j = 0; j < inner; j++) {
        let sum = 0
        for (let k = 0; k < units; k++) sum += (map.data[i * units + k] as number) * (data[start + k * inner + j] as number)
        result[start + i * inner + j] = sum
      }
    }
  }
  return { shape, data: result }
}

/** The value with the same shifts added to every entry of an axis. */
export function shifted({ shape, data }: TensorData, axis: 0 | 1, shifts: Float64Array): TensorData {
  const { length, inner } = around(shape, axis)
  return { shape, data: Float64Array.from(data, (x, at) => x + (shifts[Math.floor(at / (length * inner)) * inner + (at % inner)] as number)) }
}
