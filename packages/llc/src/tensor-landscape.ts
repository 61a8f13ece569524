import { exactData, exactTensor } from '@dead-directions/autodiff'
import { BadInput } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import type { Evaluation, Landscape } from './landscape.ts'

/** A loss in TensorFlow.js ops and the point it is looked at around. */
export interface TensorLoss {
  /** Mean loss (a scalar) or the loss of every observation (`[observations]`, which batches and ν need), in nats. */
  readonly loss: (parameters: readonly tf.Tensor[], batch: Int32Array | null) => tf.Tensor
  /** Parameters at w*, copied. */
  readonly parameters: readonly tf.Tensor[]
  /** Number of observations behind the loss. */
  readonly observations: number
}

/**
 * The landscape of a TensorFlow.js loss over a list of parameter tensors, on the active backend.
 *
 * A loss of every observation is called with the indices of a batch, whose losses alone it then returns.
 *
 * @throws BadInput when the loss at w* is neither a scalar nor one number an observation
 * @example
 * import { exactTensor } from '@dead-directions/autodiff'
 * import { nodeBackend } from '@dead-directions/backend-node'
 * import { localLearningCoefficient, tensorLandscape } from '@dead-directions/llc'
 * import * as tf from '@tensorflow/tfjs'
 *
 * await nodeBackend.install()
 * // L = (ab)², two parameters that cross: λ = 1/2, m = 2.
 * const landscape = await tensorLandscape({
 *   loss: ([a, b]) => tf.square(tf.mul(a as tf.Tensor, b as tf.Tensor)),
 *   parameters: [exactTensor([0], []), exactTensor([0], [])],
 *   observations: 1000,
 * })
 * const result = await localLearningCoefficient(landscape, { draws: 50 })
 */
export async function tensorLandscape({ loss, parameters, observations }: TensorLoss): Promise<Landscape> {
  const shapes = parameters.map(({ shape }) => [...shape])
  const sizes = parameters.map(({ size }) => size)
  const values = await Promise.all(parameters.map(exactData))
  const single = await isSingle(loss, parameters, observations)
  const tensorsAt = (point: Float64Array): tf.Tensor[] => {
    let next = 0
    return shapes.map((shape, i) => exactTensor(point.subarray(next, (next += sizes[i]!)), shape))
  }
  const evaluate = async (point: Float64Array, batch: Int32Array | null): Promise<Evaluation> => {
    const [value, gradient] = tf.tidy(() => {
      const { value, grads } = tf.valueAndGrads((...own: tf.Tensor[]) => tf.mean(loss(own, batch)) as tf.Scalar)(tensorsAt(point))
      return [value, tf.concat(grads.map(own => tf.reshape(own, [-1])))] as const
    })
    const result = { loss: (await exactData(value))[0]!, gradient: await exactData(gradient) }
    tf.dispose([value, gradient])
    return result
  }
  const losses = async (point: Float64Array): Promise<Float64Array> => {
    const all = tf.tidy(() => loss(tensorsAt(point), null))
    const result = await exactData(all)
    all.dispose()
    return result
  }
  return { centre: Float64Array.from(values.flatMap(own => [...own])), observations, evaluate, ...(single ? { losses } : {}) }
}

/** Whether the loss gives one number an observation. */
async function isSingle(loss: TensorLoss['loss'], parameters: readonly tf.Tensor[], observations: number): Promise<boolean> {
  const shape = tf.tidy(() => loss(parameters, null).shape.slice())
  if (shape.length === 0) return false
  if (shape.length === 1 && shape[0] === observations) return true
  throw new BadInput('loss shape', shape, `[] or [${observations}], one number an observation`)
}
