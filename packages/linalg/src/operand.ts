/** Where a factor's entries stand: (line, step) at `offset + line · lineStride + step · stepStride`. */
export interface Operand {
  readonly data: Float64Array
  readonly offset: number
  /** from one row of A, or one column of B, to the next */
  readonly lineStride: number
  /** from one term of the sum to the next */
  readonly stepStride: number
}

/** Where the product's entries go: (i, j) to `offset + i · rowStride + j · columnStride`. */
export interface Target {
  readonly data: Float64Array
  readonly offset: number
  readonly rowStride: number
  readonly columnStride: number
}
