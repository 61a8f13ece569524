import { installTwiceDifferentiableGradients } from '@dead-directions/autodiff'
import * as tf from '@tensorflow/tfjs'
import { Float64Backend } from './float64-backend.ts'
import { kernelConfig } from './kernel.ts'
import { kernels } from './kernels.ts'

/** The name under which TensorFlow.js knows the backend. */
export const nodeBackendName = 'dead-directions-node'

/** Makes the backend and its kernels known to TensorFlow.js, once. */
export function registerNodeBackend(make: () => Float64Backend = () => new Float64Backend()): void {
  if (tf.engine().registryFactory[nodeBackendName] !== undefined) return
  for (const kernel of kernels) tf.registerKernel(kernelConfig(kernel, nodeBackendName))
  tf.registerBackend(nodeBackendName, make)
}

/** A TensorFlow.js backend as the registry holds it. */
export interface NodeBackend {
  readonly kind: 'backend'
  readonly name: 'node'
  readonly precision: 'float64'
  /** Relative spacing of its numbers. */
  readonly epsilon: number
  /** Registers the backend, makes it the active one and waits until it is ready; again is harmless. */
  install(): Promise<void>
}

/**
 * The float64 backend for Node: TensorFlow.js computes in float64 under dtype `float32` once it is installed.
 *
 * @example
 * import { exactTensor } from '@dead-directions/autodiff'
 * import { nodeBackend } from '@dead-directions/backend-node'
 * import * as tf from '@tensorflow/tfjs'
 * await nodeBackend.install()
 * const x = exactTensor([1 + 1e-12], [1])
 * tf.sub(x, 1).dataSync()[0] // 1e-12, not 0
 */
export const nodeBackend: NodeBackend = {
  kind: 'backend',
  name: 'node',
  precision: 'float64',
  epsilon: Number.EPSILON,
  async install() {
    // Without it TensorFlow.js prints advice to install its own Node binding.
    tf.env().set('PROD', true)
    registerNodeBackend()
    await tf.setBackend(nodeBackendName)
    await tf.ready()
    installTwiceDifferentiableGradients()
  },
}
