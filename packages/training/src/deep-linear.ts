import { BadInput, checked, type TensorData } from '@dead-directions/registry'
import { type Type, type } from 'arktype'
import { streamSeed } from './order.ts'
import type { LabelledSample, Task } from './task.ts'
import { normals } from './teacher-student.ts'

/** What {@link deepLinear} may be told. */
export interface DeepLinearOptions {
  /** Of the input, the output and every layer between. Default 4. */
  readonly width?: number
  /** Linear maps. Default 3. */
  readonly layers?: number
  /** Of the map to be learnt. Default 1. */
  readonly rank?: number
  /** Of the training sample and of the validation sample each. Default 256. */
  readonly samples?: number
  /** Samples of one step. Default 64. */
  readonly batchSize?: number
  /** Of the inputs. Default 0. */
  readonly seed?: number
}

const optionsType = type({
  '+': 'reject',
  width: 'number.integer >= 1',
  layers: 'number.integer >= 2',
  rank: 'number.integer >= 0',
  samples: 'number.integer >= 1',
  batchSize: 'number.integer >= 1',
  seed: 'number.integer',
}) as unknown as Type<Required<DeepLinearOptions>>

/**
 * Linear maps in a row that learn one of lower rank, the map that keeps the first `rank` features and drops the others. From
 * small first weights what is beyond the rank stays small in every layer, and its λ and m have a closed form (Aoyagi 2024).
 *
 * @throws BadInput naming the wrong option
 * @example
 * import { deepLinear } from '@dead-directions/training'
 * deepLinear({ width: 3, layers: 2 }).network.nodes[0]?.spec // { widths: [3, 3, 3], activation: 'identity' }
 */
export function deepLinear(options: DeepLinearOptions = {}): Task {
  const filled = checked(optionsType, { width: 4, layers: 3, rank: 1, samples: 256, batchSize: 64, seed: 0, ...options }, 'deep-linear')
  const { width, layers, rank, samples, batchSize, seed } = filled
  if (rank > width) throw new BadInput('deep-linear.rank', rank, `at most the width ${width}`)
  const kept = (inputs: TensorData): LabelledSample => ({ inputs, targets: { ...inputs, data: inputs.data.map((value, i) => (i % width < rank ? value : 0)) } })
  return {
    name: 'deep-linear',
    options: { ...filled },
    network: {
      input: [width],
      nodes: [{ name: 'body', primitive: 'mlp', spec: { widths: Array.from({ length: layers + 1 }, () => width), activation: 'identity' }, inputs: ['input'] }],
      output: 'body',
      likelihood: 'gaussian',
    },
    training: kept(normals(streamSeed(seed, 1), [samples, width])),
    validation: kept(normals(streamSeed(seed, 2), [samples, width])),
    batchSize,
    initialScale: 0.1,
    shrinkage: 0,
  }
}
