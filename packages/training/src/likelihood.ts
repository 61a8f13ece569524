import { exactTensor } from '@dead-directions/autodiff'
import { forward, type Network } from '@dead-directions/network'
import { BadInput } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import type { LabelledSample } from './task.ts'

/** How well a network does on a sample. */
export interface Score {
  /** Mean negative log-likelihood per sample in nats: cross-entropy of classes, or half the squared distance of outputs. */
  readonly loss: number
  /** Share of samples whose most likely class is the right one; `null` without classes. */
  readonly accuracy: number | null
}

/** Samples that one pass of an evaluation holds at a time. */
const AT_ONCE = 1024

type Tensors = Readonly<Record<string, tf.Tensor>>

/** A {@link Score} that can be differentiated. */
export type ScoreTensors = { readonly loss: tf.Scalar; readonly accuracy: tf.Scalar | undefined }

/**
 * Mean negative log-likelihood of a sample, but for its constant: under a categorical likelihood the cross-entropy of the
 * class, summed over the positions of a sequence; under a Gaussian one half the squared distance.
 *
 * @throws BadInput when there is not one class for every output position
 * @returns the loss, and the share of classes that are right where there are any
 */
export function lossOf(network: Network, parameters: Tensors, { inputs, targets }: LabelledSample): ScoreTensors {
  const outputs = forward(network, parameters, exactTensor(inputs.data, inputs.shape as number[]))
  const samples = targets.shape[0] as number
  if (network.description.likelihood === 'gaussian') {
    const squares = tf.sum(tf.squaredDifference(outputs, exactTensor(targets.data, targets.shape as number[])))
    return { loss: tf.mul(squares, exactTensor([1 / (2 * samples)], [])), accuracy: undefined }
  }
  const logits = tf.reshape(outputs, [-1, outputs.shape.at(-1) as number]) as tf.Tensor2D
  const classes = tf.tensor1d(Int32Array.from(targets.data), 'int32')
  if (classes.size !== logits.shape[0]) throw new BadInput('targets', targets.shape, `one class for each output position, [${outputs.shape.slice(0, -1).join(', ')}]`)
  const picked = tf.mul(tf.logSoftmax(logits), tf.oneHot(classes, logits.shape[1], 1, 0, 'float32'))
  return {
    loss: tf.mul(tf.sum(picked), exactTensor([-1 / samples], [])),
    accuracy: tf.mul(tf.sum(tf.cast(tf.equal(tf.argMax(logits, 1), classes), 'float32')), exactTensor([1 / classes.size], [])),
  }
}

/**
 * How well a network does on a whole sample.
 *
 * @param parameters tensors by full name
 * @example
 * import { nodeBackend, buildNetwork, initialParameters, parameterTensors, presetRegistry } from '@dead-directions/dead-directions'
 * import { modularAddition, scoreOf } from '@dead-directions/training'
 * await nodeBackend.install()
 * const task = modularAddition({ modulus: 5, width: 8 })
 * const network = buildNetwork(task.network, presetRegistry())
 * const { loss, accuracy } = await scoreOf(network, parameterTensors(initialParameters(network, 0)), task.validation)
 */
export async function scoreOf(network: Network, parameters: Tensors, { inputs, targets }: LabelledSample): Promise<Score> {
  const samples = targets.shape[0] as number
  const sums = { loss: 0, accuracy: 0 }
  for (let from = 0; from < samples; from += AT_ONCE) {
    const to = Math.min(samples, from + AT_ONCE)
    const rows = (data: LabelledSample['inputs']): LabelledSample['inputs'] => {
      const size = data.data.length / samples
      return { shape: [to - from, ...data.shape.slice(1)], data: data.data.subarray(from * size, to * size) }
    }
    const score = await numbersOf(tf.tidy(() => lossOf(network, parameters, { inputs: rows(inputs), targets: rows(targets) })))
    sums.loss += score.loss * (to - from)
    sums.accuracy += (score.accuracy ?? NaN) * (to - from)
  }
  return { loss: sums.loss / samples, accuracy: Number.isNaN(sums.accuracy) ? null : sums.accuracy / samples }
}

/** The numbers of two scalars, which are disposed of. */
export async function numbersOf({ loss, accuracy }: ScoreTensors): Promise<Score> {
  try {
    return { loss: (await loss.data())[0] as number, accuracy: accuracy === undefined ? null : ((await accuracy.data())[0] as number) }
  } finally {
    tf.dispose(accuracy === undefined ? [loss] : [loss, accuracy])
  }
}
