/**
 * A named array as it lies in a checkpoint: row-major values in float64, whatever the file's dtype.
 */
export interface TensorData {
  readonly shape: readonly number[]
  readonly data: Float64Array
}
