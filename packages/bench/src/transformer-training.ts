import { embedding } from '@dead-directions/arch-embedding'
import { softmaxHead } from '@dead-directions/arch-softmax-head'
import { transformerBlock } from '@dead-directions/arch-transformer'
import { DDCAdam } from '@dead-directions/ddcadam'
import { DDCMuon } from '@dead-directions/ddcmuon'
import { buildNetwork, forward, initialParameters, type Network, parameterTensors, uniforms } from '@dead-directions/network'
import { findGauges } from '@dead-directions/quotient'
import { createRegistry } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'

/** Sizes of a language model of four blocks and of a batch for it. */
export interface TransformerSize {
  readonly width: number
  readonly vocabulary: number
  readonly samples: number
  readonly positions: number
}

/** The model that optimizers are timed on, about 820,000 parameters, with a batch of 256 tokens. */
export const small: TransformerSize = { width: 128, vocabulary: 256, samples: 8, positions: 32 }

type Gradients = Parameters<tf.Optimizer['applyGradients']>[0]

/** A model in training on the active backend. */
export interface TransformerTraining {
  /** Optimizers by name, each with a state of its own. */
  readonly optimizers: Readonly<Record<string, tf.Optimizer>>
  /** Gradients of every parameter at the start. */
  readonly gradients: Gradients
  /** The gradients anew, for the caller to dispose of. */
  readonly computeGradients: () => Gradients
}

/** Gated blocks with RMS normalisation: every kind of gauge that a language model has. Its variables stay until the next is made. */
export function transformerTraining(size: TransformerSize): TransformerTraining {
  const network = languageModel(size)
  const gauges = findGauges(network)
  const variables = Object.fromEntries(Object.entries(parameterTensors(initialParameters(network, 1))).map(([name, tensor]) => [name, named(name, tensor)]))
  const tokens = uniforms(2, size.samples * (size.positions + 1)).map(u => Math.floor(u * size.vocabulary))
  const input = tf.tensor2d(windows(tokens, size, 0), [size.samples, size.positions])
  const labels = tf.oneHot(tf.tensor2d(windows(tokens, size, 1), [size.samples, size.positions], 'int32'), size.vocabulary)
  const loss = (): tf.Scalar => {
    const logits = forward(network, variables, input)
    return tf.neg(tf.mean(tf.sum(tf.mul(labels, tf.logSoftmax(logits)), -1)))
  }
  const computeGradients = (): Gradients => {
    const { value, grads } = tf.variableGrads(loss, Object.values(variables))
    value.dispose()
    return grads as Gradients
  }
  // Steps too short to leave the start: what is timed stays the same.
  const learningRate = 1e-9
  const optimizers = {
    'tf.train.adam': tf.train.adam(learningRate),
    DDCAdam: new DDCAdam({ learningRate, gauges }),
    'DDCAdam, no gauges': new DDCAdam({ learningRate }),
    DDCMuon: new DDCMuon({ learningRate, gauges }),
  }
  return { optimizers, gradients: computeGradients(), computeGradients }
}

/** A variable under its parameter's name, which gauges know it by; an earlier one of that name goes. */
function named(name: string, tensor: tf.Tensor): tf.Variable {
  tf.engine().registeredVariables[name]?.dispose()
  const variable = tf.variable(tensor, true, name)
  tensor.dispose()
  return variable
}

function languageModel({ width, vocabulary, positions }: TransformerSize): Network {
  const block = { width, heads: 4, hidden: (5 * width) / 2, norm: 'rmsnorm', placement: 'pre', feedforward: 'swiglu', causal: true, rope: {} }
  const blocks = [1, 2, 3, 4].map(i => ({ name: `block${i}`, primitive: 'transformer-block', spec: block, inputs: [i === 1 ? 'tokens' : `block${i - 1}`] }))
  return buildNetwork(
    {
      input: [positions],
      nodes: [
        { name: 'tokens', primitive: 'embedding', spec: { vocabulary, width }, inputs: ['input'] },
        ...blocks,
        { name: 'head', primitive: 'softmax-head', spec: { in: width, classes: vocabulary }, inputs: ['block4'] },
      ],
      output: 'head',
      likelihood: 'categorical',
    },
    createRegistry().use(embedding, transformerBlock, softmaxHead),
  )
}

/** Of sequences that are one token longer than the positions, the tokens from an offset on. */
function windows(tokens: ArrayLike<number>, { samples, positions }: TransformerSize, offset: number): number[] {
  return Array.from({ length: samples * positions }, (_, i) => tokens[Math.floor(i / positions) * (positions + 1) + (i % positions) + offset] as number)
}
