import { exactTensor, loadCheckpoint, normalisationKernel, parameterTensors, readInputs } from '@dead-directions/dead-directions'
import { activationsAt, type KernelVerdict, type Normalisation, normalisationsOf, verifyLayerNormKernel } from '@dead-directions/signatures'
import * as tf from '@tensorflow/tfjs'

/** A normalisation of a checkpoint. */
export interface ReadNormalisation extends Normalisation {
  /** Of a layer normalisation, the direction that its output never varies in, from its scales alone. */
  readonly kernel: readonly number[] | null
  /** What one forward pass showed; null without inputs, and where the output is seen nowhere by itself. */
  readonly measured: KernelVerdict | null
}

/** Reads every normalisation of a checkpoint's folder, and verifies it where there are inputs; throws BadInput for what cannot be used. */
export async function readNormalisations(folder: string, inputs?: string): Promise<readonly ReadNormalisation[]> {
  const { network, parameters, backend } = await loadCheckpoint(folder)
  const normalisations = normalisationsOf(network)
  const sample = inputs === undefined ? null : await readInputs(inputs, network.description.input.reduce((product, n) => product * n, 1))
  const places = normalisations.flatMap(({ seenAt }) => seenAt ?? [])
  const tensors = parameterTensors(parameters)
  const given = sample === null ? null : exactTensor(sample.data, [sample.rows, ...network.description.input])
  const seen = given === null ? new Map() : await activationsAt(network, tensors, given, places)
  tf.dispose([...Object.values(tensors), ...(given === null ? [] : [given])])
  return normalisations.map(normalisation => {
    const kernel = normalisationKernel(parameters[normalisation.parameter]?.data as Float64Array)
    const activations = seen.get(normalisation.seenAt ?? '')
    const measured = activations === undefined ? null : verifyLayerNormKernel(kernel, activations, backend)
    return { ...normalisation, kernel: normalisation.declared === 'layernorm' ? [...kernel] : null, measured }
  })
}
