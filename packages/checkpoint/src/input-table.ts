import { BadInput, type TensorData } from '@dead-directions/registry'
import { checkFinite } from './tensor-check.ts'

/** Inputs of a network, one sample per row: `data` is row-major, `rows × cols`. */
export interface Inputs {
  readonly rows: number
  readonly cols: number
  readonly data: Float64Array
}

/** An array of one or two axes as samples of `width` numbers; one axis is a column when `width` is 1. */
export function inputsOf(tensor: TensorData, width: number, field: string): Inputs {
  const [rows = 0, cols = 1] = tensor.shape
  if (tensor.shape.length > 2 || tensor.shape.length === 0 || (tensor.shape.length === 1 && width !== 1)) {
    throw new BadInput(`${field} shape`, tensor.shape, `[samples, ${width}]`)
  }
  checkWidth(cols, width, field)
  if (rows === 0) throw new BadInput(`${field} rows`, 0, 'at least one')
  checkFinite(tensor, field)
  return { rows, cols, data: tensor.data }
}

export function checkWidth(columns: number, width: number, field: string): void {
  if (columns !== width) throw new BadInput(`${field} columns`, columns, String(width))
}
