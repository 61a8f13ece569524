import { acceptFloat64, installTwiceDifferentiableGradients } from '@dead-directions/autodiff'
import { type Backend, BadInput, defineBackend } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { offerWebgpuInNode } from './webgpu-in-node.ts'

/** What is asked of a `GPUAdapter`. */
interface Adapter {
  readonly info?: { readonly architecture: string }
}

/** TensorFlow.js's number for the matrix product by tiles in registers. */
const PACKED_MATMUL = 3

/**
 * TensorFlow.js WebGPU as a backend of the registry: float32, for the heavy passes. Values come back only asynchronously (`await
 * tensor.data()`); spectra and fits are computed from them on the CPU in float64.
 *
 * In a browser it needs `navigator.gpu`, in Node the package `webgpu` and a Vulkan, Metal or D3D12 driver.
 *
 * @throws BadInput from `install` when there is no WebGPU or no adapter; nothing else is put in its place
 * @example
 * import { webgpuBackend } from '@dead-directions/backend-webgpu'
 * const backend = webgpuBackend()
 * const reason = await backend.install().then(() => null, (error: Error) => error.message)
 * // null where WebGPU runs; otherwise why it does not
 */
export function webgpuBackend(): Backend {
  return defineBackend({
    kind: 'backend',
    name: 'webgpu',
    precision: 'float32',
    epsilon: 2 ** -23,
    async install() {
      tf.env().set('PROD', true)
      const adapter = await requireAdapter()
      // Its import registers it with TensorFlow.js, and only where WebGPU is already offered.
      await import('@tensorflow/tfjs-backend-webgpu')
      // TensorFlow.js's other matrix products wait at barriers, which a processor that plays a GPU does twenty times slower.
      if (adapter.info?.architecture === 'swiftshader') tf.env().set('WEBGPU_MATMUL_PROGRAM_TYPE', PACKED_MATMUL)
      if (!(await tf.setBackend('webgpu'))) throw new BadInput('webgpu backend', 'an adapter that TensorFlow.js cannot use', 'a WebGPU device')
      acceptFloat64(tf.backend())
      installTwiceDifferentiableGradients()
    },
  })
}

async function requireAdapter(): Promise<Adapter> {
  const gpu = (await offeredGpu()) as { requestAdapter(): Promise<Adapter | null> } | undefined
  if (gpu === undefined) throw new BadInput('webgpu backend', 'no navigator.gpu', 'a browser with WebGPU, or the package webgpu in Node')
  const adapter = await gpu.requestAdapter()
  if (adapter === null) throw new BadInput('webgpu backend', 'no adapter', 'a graphics driver that WebGPU can use')
  return adapter
}

async function offeredGpu(): Promise<unknown> {
  const browser = globalThis.navigator as { gpu?: unknown } | undefined
  return browser?.gpu ?? (await offerWebgpuInNode())
}
