import { nodeBackend } from '@dead-directions/backend-node'
import { wasmBackend } from '@dead-directions/backend-wasm'
import * as tf from '@tensorflow/tfjs'
import type { Comparison, Measurement } from './benchmark.ts'
import { small, type TransformerSize, transformerTraining, type TransformerTraining } from './transformer-training.ts'

const reference = 'tf.train.adam'

interface Setting {
  readonly on: string
  readonly install: () => Promise<void>
}

const settings: readonly Setting[] = [
  { on: 'node, float64', install: () => nodeBackend.install() },
  { on: 'wasm, float32', install: () => wasmBackend().install() },
]

/** Optimizers beside `tf.train.adam` on a transformer of four blocks: the update by itself, with its gradients, and its memory. */
export const optimizerBenchmarks: readonly (Comparison | Measurement)[] = settings.flatMap(setting => [updates(setting), steps(setting), memory(setting)])

function updates({ on, install }: Setting): Comparison {
  return {
    name: `optimizer-update (${on})`,
    reference,
    rounds: 15,
    prepare: async () => {
      await install()
      const { optimizers, gradients } = transformerTraining(small)
      return Object.fromEntries(Object.entries(optimizers).map(([name, optimizer]) => [name, () => optimizer.applyGradients(gradients)]))
    },
  }
}

function steps({ on, install }: Setting): Comparison {
  return {
    name: `optimizer-step (${on})`,
    reference,
    rounds: 9,
    prepare: async () => {
      await install()
      const training = transformerTraining(small)
      return Object.fromEntries(Object.entries(training.optimizers).map(([name, optimizer]) => [name, () => step(training, optimizer)]))
    },
  }
}

function step({ computeGradients }: Pick<TransformerTraining, 'computeGradients'>, optimizer: tf.Optimizer): void {
  const gradients = computeGradients()
  optimizer.applyGradients(gradients)
  tf.dispose(gradients as unknown as tf.NamedTensorMap)
}

function memory({ on, install }: Setting): Measurement {
  return {
    name: `optimizer-memory (${on})`,
    measure: async () => {
      await install()
      const measured = await optimizerBytes(small)
      const base = measured.get(reference) as OptimizerBytes
      return [...measured].flatMap(([name, bytes]) => parts.map(part => ({ quantity: `${name}: ${part}`, value: bytes[part] / base[part], unit: `of ${reference}` })))
    },
  }
}

const parts = ['state', 'peak of an update', 'peak of a step'] as const

/** Bytes of tensors that an optimizer keeps, and with them the most that there are during its work. */
export type OptimizerBytes = Readonly<Record<(typeof parts)[number], number>>

/** What each optimizer takes on the active backend, by name, beside parameters and, in an update, gradients. */
export async function optimizerBytes(size: TransformerSize): Promise<ReadonlyMap<string, OptimizerBytes>> {
  const training = transformerTraining(size)
  const measured = new Map<string, OptimizerBytes>()
  for (const [name, optimizer] of Object.entries(training.optimizers)) {
    const before = tf.memory().numBytes
    optimizer.applyGradients(training.gradients)
    const state = tf.memory().numBytes - before
    // TensorFlow.js profiles work that gives nothing as well; its type asks for a tensor.
    const peak = async (work: () => void): Promise<number> => (await tf.profile(work as () => tf.TensorContainer)).peakBytes - before
    const update = await peak(() => optimizer.applyGradients(training.gradients))
    measured.set(name, { state, 'peak of an update': update, 'peak of a step': await peak(() => step(training, optimizer)) })
    optimizer.dispose()
  }
  return measured
}
