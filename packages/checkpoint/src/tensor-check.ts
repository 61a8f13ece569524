import { BadInput, type TensorData } from '@dead-directions/registry'

/** What to call a tensor of a file in an error; a name from outside is quoted so that it stays on one line. */
export function tensorField(field: string, name: string): string {
  return `${field} ${JSON.stringify(name.length > 80 ? `${name.slice(0, 77)}...` : name)}`
}

/** The number of elements of `shape` times `unit`, or a {@link BadInput} when that is no exact integer. */
export function extent(shape: readonly number[], unit: number, field: string): number {
  let size = unit
  for (const side of shape) {
    size *= side
    if (!Number.isSafeInteger(side) || side < 0 || !Number.isSafeInteger(size)) {
      throw new BadInput(`${field}.shape`, shape, 'whole numbers that are not negative, with fewer than 2^53 bytes in all')
    }
  }
  return size
}

/** @throws BadInput naming the first index that holds NaN or an infinity */
export function checkFinite(tensor: TensorData, field: string): void {
  const at = tensor.data.findIndex(value => !Number.isFinite(value))
  if (at >= 0) throw new BadInput(`${field}[${indexAt(tensor.shape, at)}]`, tensor.data[at], 'a finite number')
}

/** @throws BadInput unless the tensor has `shape` */
export function checkShape(tensor: TensorData, shape: readonly number[], field: string): void {
  if (tensor.shape.length !== shape.length || tensor.shape.some((side, i) => side !== shape[i])) {
    throw new BadInput(`${field}.shape`, tensor.shape, JSON.stringify(shape))
  }
}

/** The transpose of a matrix. */
export function transposed({ shape, data }: TensorData): TensorData {
  const [rows = 0, columns = 0] = shape
  const turned = new Float64Array(data.length)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) turned[j * rows + i] = data[i * columns + j] as number
  }
  return { shape: [columns, rows], data: turned }
}

function indexAt(shape: readonly number[], flat: number): number[] {
  const index: number[] = []
  let rest = flat
  for (const side of shape.toReversed()) {
    index.unshift(rest % side)
    rest = Math.floor(rest / side)
  }
  return index
}
