import { nodeBackend, nodeBackendName } from '@dead-directions/backend-node'
import { wasmBackend } from '@dead-directions/backend-wasm'
import * as tf from '@tensorflow/tfjs'
import type { Comparison } from './benchmark.ts'
import { type TransformerSize, type TransformerTraining, transformerTraining } from './transformer-training.ts'

/** A model of four blocks of width 256, about 3,100,000 parameters, with a batch of 256 tokens. */
export const wide: TransformerSize = { width: 256, vocabulary: 256, samples: 8, positions: 32 }

const candidates: Readonly<Record<string, string>> = {
  'backend-node, float64': nodeBackendName,
  'TensorFlow.js WASM, float32': 'wasm',
  'TensorFlow.js cpu, float32': 'cpu',
}

/** Gradients and an update by Adam of the same transformer on three backends. */
export const trainingStepBenchmark: Comparison = {
  name: 'training-step',
  reference: 'backend-node, float64',
  rounds: 7,
  prepare: () => trainingSteps(wide),
}

/** A training step for each backend, each with a model of its own. */
export async function trainingSteps(size: TransformerSize): Promise<Readonly<Record<string, () => void>>> {
  await wasmBackend().install()
  await nodeBackend.install()
  return Object.fromEntries(
    Object.entries(candidates).map(([candidate, backend]) => {
      activate(backend)
      const { training, register } = setAside(() => transformerTraining(size))
      return [
        candidate,
        () => {
          activate(backend)
          const forget = register()
          trainingStep(training)
          forget()
        },
      ]
    }),
  )
}

/** Gradients and an update by Adam. */
export function trainingStep({ optimizers, computeGradients }: Pick<TransformerTraining, 'optimizers' | 'computeGradients'>): void {
  const gradients = computeGradients()
  optimizers['tf.train.adam']!.applyGradients(gradients)
  tf.dispose(gradients as unknown as tf.NamedTensorMap)
}

/** Every backend is registered by now, so that the change happens at once. */
function activate(backend: string): void {
  void tf.setBackend(backend)
}

/**
 * A model whose variables TensorFlow.js, which knows one variable of a name, knows only between `register` and the function it
 * returns: otherwise the models of several backends would be one, moved from backend to backend.
 */
function setAside(make: () => TransformerTraining): { training: TransformerTraining; register: () => () => void } {
  const registered = tf.engine().registeredVariables
  const exchange = (others: Record<string, tf.Variable>): Record<string, tf.Variable> => {
    const known = { ...registered }
    for (const name of Object.keys(known)) delete registered[name]
    Object.assign(registered, others)
    return known
  }
  const before = exchange({})
  const training = make()
  const own = exchange(before)
  return {
    training,
    register: () => {
      const known = exchange(own)
      return () => void exchange(known)
    },
  }
}
