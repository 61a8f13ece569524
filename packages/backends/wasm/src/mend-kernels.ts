import * as tf from '@tensorflow/tfjs'

/** Kernels of a reading that TensorFlow.js WASM lacks: gradients of gathers and convolutions, and einsum. */
const missing: readonly string[] = [tf.UnsortedSegmentSum, tf.Einsum, tf.Conv2DBackpropFilter, tf.DepthwiseConv2dNativeBackpropFilter, tf.DepthwiseConv2dNativeBackpropInput]

/** Kernels that it gets wrong: a one-hot of floats holds the bits of whole numbers. */
const wrong: readonly string[] = [tf.OneHot]

/** Registers, for a backend whose values can be read at once, the kernels it lacks or gets wrong, computed by TensorFlow.js's cpu backend. */
export function mendKernels(backendName: string): void {
  for (const kernelName of wrong) tf.unregisterKernel(kernelName, backendName)
  for (const kernelName of [...missing, ...wrong]) {
    const cpuKernel = tf.getKernel(kernelName, 'cpu')
    if (cpuKernel === undefined) throw new Error(`${kernelName}: TensorFlow.js's cpu backend has no such kernel`)
    if (tf.getKernel(kernelName, backendName) !== undefined) continue
    tf.registerKernel({ kernelName, backendName, kernelFunc: onCpu(cpuKernel.kernelFunc) })
  }
}

/** The kernel on copies that the cpu backend owns for as long as it runs. */
function onCpu(compute: tf.KernelFunc): tf.KernelFunc {
  return ({ inputs, attrs, backend }) => {
    const cpu = tf.findBackend('cpu')
    const own = backend as tf.KernelBackend
    const copy = (info: tf.TensorInfo): tf.TensorInfo => ({
      shape: info.shape,
      dtype: info.dtype,
      dataId: cpu.write(own.readSync(info.dataId), info.shape, info.dtype),
    })
    const given = Array.isArray(inputs) ? inputs.map(copy) : Object.fromEntries(Object.entries(inputs).map(([name, info]) => [name, copy(info as tf.TensorInfo)]))
    const result = compute({ inputs: given as unknown as tf.NamedTensorInfoMap, attrs: attrs as tf.NamedAttrMap, backend: cpu }) as tf.TensorInfo
    const dataId = own.write(cpu.readSync(result.dataId), result.shape, result.dtype)
    for (const { dataId: copied } of [...Object.values(given), result]) cpu.disposeData(copied, true)
    return { shape: result.shape, dtype: result.dtype, dataId }
  }
}
