import * as tf from '@tensorflow/tfjs'
import { setTestEnvs } from '@tensorflow/tfjs-core/dist/jasmine_util.js'
import * as names from '@tensorflow/tfjs-core/dist/kernel_names.js'
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js'
import '@tensorflow/tfjs-core/dist/register_all_gradients.js'
import { Float64Backend } from '../../src/float64-backend.ts'
import { nodeBackendName, registerNodeBackend } from '../../src/node-backend.ts'

/** TensorFlow.js's tests compare the class of an array as well as its entries: here floats are read as `Float32Array`. */
class Float32Reading extends Float64Backend {
  override readSync(dataId: object): tf.backend_util.BackendValues {
    const values = super.readSync(dataId)
    return (values as unknown) instanceof Float64Array ? Float32Array.from(values as Float32Array) : values
  }
}

registerNodeBackend(() => new Float32Reading())
setTestEnvs([{ name: 'node64', backendName: nodeBackendName, isDataSync: true }])

/** Read by run.mjs, which reports how much of TensorFlow.js the backend covers. */
Object.assign(globalThis, {
  kernelCoverage: {
    known: Object.values(names),
    registered: tf.getKernelsForBackend(nodeBackendName).map(({ kernelName }) => kernelName),
  },
})
