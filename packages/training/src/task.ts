import type { NetworkDescription, TensorData } from '@dead-directions/registry'

/** Inputs and what the network should make of them, row by row. */
export interface LabelledSample {
  /** `[samples, ...input]`. */
  readonly inputs: TensorData
  /** Class indices `[samples]` under a categorical likelihood, else outputs `[samples, ...output]`. */
  readonly targets: TensorData
}

/** What a network is trained on: plain data, the loss being the negative log-likelihood that the network declares. */
export interface Task {
  readonly name: string
  /** What it was made with, every default filled in: two tasks of one name and the same options are the same. */
  readonly options: Readonly<Record<string, number | string>>
  readonly network: NetworkDescription
  readonly training: LabelledSample
  readonly validation: LabelledSample
  /** Samples of one step; all of them where there are no more. */
  readonly batchSize: number
  /** Factor on the weights that the primitives draw. */
  readonly initialScale: number
  /** By how much a step shrinks the weights, relative to them, where an optimizer's weight decay is not given. */
  readonly shrinkage: number
}

/** The given rows of a sample. */
export function rowsOf({ inputs, targets }: LabelledSample, rows: Int32Array): LabelledSample {
  return { inputs: taken(inputs, rows), targets: taken(targets, rows) }
}

function taken({ shape, data }: TensorData, rows: Int32Array): TensorData {
  const [samples = 1, ...rest] = shape
  const size = data.length / samples
  const values = new Float64Array(rows.length * size)
  rows.forEach((row, i) => values.set(data.subarray(row * size, (row + 1) * size), i * size))
  return { shape: [rows.length, ...rest], data: values }
}
