import { standardNormals } from '@dead-directions/network'
import { checked, type TensorData } from '@dead-directions/registry'
import { type Type, type } from 'arktype'
import { streamSeed } from './order.ts'
import type { LabelledSample, Task } from './task.ts'

/** What {@link teacherStudent} may be told. */
export interface TeacherStudentOptions {
  /** Default 2. */
  readonly inputs?: number
  /** Hidden units of the student. Default 3. */
  readonly width?: number
  /** Hidden units of the teacher. Default 2. */
  readonly teacherWidth?: number
  /** Default 1. */
  readonly outputs?: number
  /** Default `tanh`. */
  readonly activation?: 'tanh' | 'relu'
  /** Of the training sample and of the validation sample each. Default 256. */
  readonly samples?: number
  /** Samples of one step. Default 64. */
  readonly batchSize?: number
  /** Of the teacher and of the inputs. Default 0. */
  readonly seed?: number
}

const optionsType = type({
  '+': 'reject',
  inputs: 'number.integer >= 1',
  width: 'number.integer >= 1',
  teacherWidth: 'number.integer >= 1',
  outputs: 'number.integer >= 1',
  activation: type(/^(tanh|relu)$/).describe('"tanh" or "relu"'),
  samples: 'number.integer >= 1',
  batchSize: 'number.integer >= 1',
  seed: 'number.integer',
}) as unknown as Type<Required<TeacherStudentOptions>>

/**
 * A perceptron of one hidden layer that learns the outputs of another: where it has more hidden units than its teacher, the
 * rest merge, vanish or cancel, and these are its dead directions. Inputs and the teacher's weights are normal, its second
 * layer of unit variance for every output.
 *
 * @throws BadInput naming the wrong option
 * @example
 * import { teacherStudent } from '@dead-directions/training'
 * const task = teacherStudent({ width: 4, activation: 'relu' })
 * task.training.targets.shape // [256, 1]
 */
export function teacherStudent(options: TeacherStudentOptions = {}): Task {
  const defaults = { inputs: 2, width: 3, teacherWidth: 2, outputs: 1, activation: 'tanh', samples: 256, batchSize: 64, seed: 0 }
  const filled = checked(optionsType, { ...defaults, ...options }, 'teacher-student')
  const { inputs, width, outputs, activation, samples, batchSize, seed } = filled
  return {
    name: 'teacher-student',
    options: { ...filled },
    network: {
      input: [inputs],
      nodes: [{ name: 'body', primitive: 'mlp', spec: { widths: [inputs, width, outputs], activation }, inputs: ['input'] }],
      output: 'body',
      likelihood: 'gaussian',
    },
    training: taught(filled, normals(streamSeed(seed, 1), [samples, inputs])),
    validation: taught(filled, normals(streamSeed(seed, 2), [samples, inputs])),
    batchSize,
    initialScale: 1,
    shrinkage: 0,
  }
}

/** Independent standard normals of a shape. */
export function normals(seed: number, shape: readonly number[]): TensorData {
  return { shape, data: standardNormals(seed, shape.reduce((product, n) => product * n, 1)) }
}

/** Inputs with the teacher's outputs. */
function taught({ teacherWidth, outputs, activation, seed }: Required<TeacherStudentOptions>, inputs: TensorData): LabelledSample {
  const [samples, width] = inputs.shape as [number, number]
  const weights = standardNormals(streamSeed(seed, 0), teacherWidth * (width + outputs))
  const [first, second] = [weights.subarray(0, teacherWidth * width), weights.subarray(teacherWidth * width)]
  const data = new Float64Array(samples * outputs)
  for (let n = 0; n < samples; n++) {
    for (let unit = 0; unit < teacherWidth; unit++) {
      const sum = first.subarray(unit * width, (unit + 1) * width).reduce((total, weight, i) => total + weight * (inputs.data[n * width + i] as number), 0)
      const value = activation === 'tanh' ? Math.tanh(sum) : Math.max(0, sum)
      for (let o = 0; o < outputs; o++) data[n * outputs + o] = (data[n * outputs + o] as number) + ((second[o * teacherWidth + unit] as number) * value) / Math.sqrt(teacherWidth)
    }
  }
  return { inputs, targets: { shape: [samples, outputs], data } }
}
