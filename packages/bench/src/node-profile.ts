import { nodeBackend } from '@dead-directions/backend-node'
import * as tf from '@tensorflow/tfjs'
import type { Measurement, Quantity } from './benchmark.ts'
import { trainingStep, wide } from './training-step.ts'
import { type TransformerSize, transformerTraining } from './transformer-training.ts'

/** Where a training step on backend-node spends its time, by kernel. */
export const nodeProfileBenchmark: Measurement = { name: 'node-profile', measure: () => nodeProfile(wide) }

/** The mean time of a training step and each kernel's share of it, the largest first; the rest is TensorFlow.js's own work. */
export async function nodeProfile(size: TransformerSize, steps = 8): Promise<readonly Quantity[]> {
  await nodeBackend.install()
  const training = transformerTraining(size)
  for (let i = 0; i < 3; i++) trainingStep(training)
  const byKernel = new Map<string, number>()
  let whole = 0
  for (let i = 0; i < steps; i++) {
    const start = performance.now()
    const { kernels } = await tf.profile(() => void trainingStep(training))
    whole += performance.now() - start
    for (const { name, kernelTimeMs } of kernels) byKernel.set(name, (byKernel.get(name) ?? 0) + ((await kernelTimeMs) as number))
  }
  const inKernels = [...byKernel.values()].reduce((sum, time) => sum + time, 0)
  const shares = [...byKernel].sort(([, a], [, b]) => b - a)
  return [
    { quantity: 'time of a step', value: whole / steps, unit: 'ms' },
    ...[...shares, ['outside kernels', whole - inKernels] as const].map(([quantity, time]) => ({ quantity, value: (100 * time) / whole, unit: '%' })),
  ]
}
