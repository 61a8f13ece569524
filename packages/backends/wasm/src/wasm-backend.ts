import { acceptFloat64, installTwiceDifferentiableGradients } from '@dead-directions/autodiff'
import { type Backend, BadInput, defineBackend } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { mendKernels } from './mend-kernels.ts'

/** What the backend may be told. */
export interface WasmOptions {
  /** Folder or address, with a slash at its end, of the `.wasm` files of `@tensorflow/tfjs-backend-wasm`. In Node its own folder. */
  readonly path?: string
}

/**
 * TensorFlow.js WASM with SIMD as a backend of the registry: float32, and the fastest on a CPU. Kernels of a reading that it lacks or
 * gets wrong are mended.
 *
 * @throws BadInput from `install` when the `.wasm` files are not where `path` says, or no path is given outside Node
 * @example
 * import { wasmBackend } from '@dead-directions/backend-wasm'
 * import * as tf from '@tensorflow/tfjs'
 * await wasmBackend().install()
 * const gradient = tf.grad((x: tf.Tensor) => tf.gather(x, [0, 0, 1]).sum())(tf.tensor1d([1, 2, 3]))
 * gradient.dataSync() // [2, 1, 0]
 */
export function wasmBackend(options: WasmOptions = {}): Backend {
  return defineBackend({
    kind: 'backend',
    name: 'wasm',
    precision: 'float32',
    epsilon: 2 ** -23,
    async install() {
      tf.env().set('PROD', true)
      // Its import registers it with TensorFlow.js, so it waits until somebody asks.
      const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm')
      if (tf.engine().registry['wasm'] === undefined) setWasmPaths(options.path ?? (await folderInNode()))
      if (!(await tf.setBackend('wasm').catch(() => false))) throw new BadInput('wasm backend path', options.path, 'the folder of the .wasm files of @tensorflow/tfjs-backend-wasm')
      acceptFloat64(tf.backend())
      mendKernels('wasm')
      installTwiceDifferentiableGradients()
    },
  })
}

async function folderInNode(): Promise<string> {
  if (typeof process === 'undefined' || process.versions?.node === undefined) {
    throw new BadInput('wasm backend path', undefined, 'the address of the .wasm files of @tensorflow/tfjs-backend-wasm')
  }
  const { createRequire } = await import('node:module')
  const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')
  return main.slice(0, Math.max(main.lastIndexOf('/'), main.lastIndexOf('\\')) + 1)
}
