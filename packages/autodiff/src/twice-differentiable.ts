import * as tf from '@tensorflow/tfjs'
import { exactTensor } from './exact-tensor.ts'

type Gradient = (dy: tf.Tensor, x: tf.Tensor, attributes: Record<string, unknown>) => tf.Tensor

/** A gradient that is made of the kernel's input and so can be differentiated again. */
function fromInput(kernelName: string, input: string, gradient: Gradient): tf.GradConfig {
  return {
    kernelName,
    inputsToSave: [input],
    gradFunc: (dy, [x], attributes) => ({ [input]: () => gradient(dy as tf.Tensor, x!, attributes as Record<string, unknown>) }),
  }
}

/**
 * TensorFlow.js's own gradient where it is made of the kernel's value: that value, saved, has lost its dependence on the
 * input, so a second derivative would throw or silently leave terms out. Inside a second derivative it is computed anew.
 */
function fromValue(kernelName: string, inputs: readonly string[], value: (inputs: tf.Tensor[], attributes: tf.NamedAttrMap) => tf.Tensor): tf.GradConfig {
  const own = tf.getGradient(kernelName)
  const before = own.inputsToSave?.length ?? 0
  return {
    kernelName,
    inputsToSave: [...inputs],
    outputsToSave: [true],
    gradFunc: (dy, saved, attributes) => {
      const given = saved.slice(0, inputs.length)
      const again = tf.engine().state.gradientDepth > 0
      const y = again ? value(given, attributes) : saved[inputs.length]!
      return own.gradFunc(dy, [...given.slice(0, before), y], attributes)
    },
  }
}

const erfSlope = 2 / Math.sqrt(Math.PI)
const { SELU_SCALE, SELU_SCALEALPHA } = tf.backend_util

const exact = (value: number): tf.Tensor => exactTensor([value], [])

/** `dy` times the slope above zero, or the one at and below it. */
function twoSided(dy: tf.Tensor, x: tf.Tensor, above: tf.Tensor, below: tf.Tensor): tf.Tensor {
  return tf.mul(dy, tf.where(tf.greater(x, 0), tf.broadcastTo(above, x.shape), tf.broadcastTo(below, x.shape)))
}

/** Comparisons are constant almost everywhere. */
function flat(kernelName: string, inputs: readonly string[]): tf.GradConfig {
  return {
    kernelName,
    inputsToSave: [...inputs],
    gradFunc: (_, saved) => Object.fromEntries(inputs.map((input, i) => [input, () => tf.zerosLike(saved[i]!).toFloat()])),
  }
}

/** The gradient of an Einstein sum is the Einstein sum with one operand and the result exchanged. */
function einsumGradient(dy: tf.Tensor, operands: readonly tf.Tensor[], equation: string, i: number): tf.Tensor {
  const [inputs, output] = equation.replace(/\s/g, '').split('->') as [string, string]
  const labels = inputs.split(',')
  const other = labels[1 - i] ?? ''
  const shape = operands[i]!.shape
  const kept = [...labels[i]!].filter(label => output.includes(label) || other.includes(label)).join('')
  const known =
    operands.length === 1 ? tf.einsum(`${output}->${kept}`, dy) : tf.einsum(`${output},${other}->${kept}`, dy, operands[1 - i]!)
  const spread = shape.map((length, axis) => (kept.includes(labels[i]![axis]!) ? length : 1))
  return tf.broadcastTo(tf.reshape(known, spread), shape)
}

const einsum: tf.GradConfig = {
  kernelName: tf.Einsum,
  saveAllInputs: true,
  gradFunc: (dy, saved, attributes) => {
    const gradient = (i: number) => (): tf.Tensor => einsumGradient(dy as tf.Tensor, saved, attributes.equation as string, i)
    return Object.fromEntries(saved.map((_, i) => [i, gradient(i)]))
  },
}

function gradients(): readonly tf.GradConfig[] {
  return [
    fromValue(tf.Exp, ['x'], ([x]) => tf.exp(x!)),
    fromValue(tf.Sigmoid, ['x'], ([x]) => tf.sigmoid(x!)),
    fromValue(tf.Tanh, ['x'], ([x]) => tf.tanh(x!)),
    fromValue(tf.Softmax, ['logits'], ([x], { dim }) => tf.softmax(x!, dim as number)),
    fromValue(tf.Pow, ['a', 'b'], ([a, b]) => tf.pow(a!, b!)),
    fromInput(tf.Erf, 'x', (dy, x) => tf.mul(dy, tf.mul(tf.exp(tf.neg(tf.square(x))), exact(erfSlope)))),
    fromInput(tf.Elu, 'x', (dy, x) => twoSided(dy, x, exact(1), tf.exp(tf.minimum(x, 0)))),
    fromInput(tf.Selu, 'x', (dy, x) => twoSided(dy, x, exact(SELU_SCALE), tf.mul(tf.exp(tf.minimum(x, 0)), exact(SELU_SCALEALPHA)))),
    fromInput(tf.LeakyRelu, 'x', (dy, x, { alpha }) => twoSided(dy, x, exact(1), exact(alpha as number))),
    ...[tf.Equal, tf.NotEqual, tf.Greater, tf.Less, tf.LessEqual].map(name => flat(name, ['a', 'b'])),
    flat(tf.LogicalNot, ['x']),
    einsum,
  ]
}

/**
 * Replaces TensorFlow.js's gradients that cannot be differentiated again, give a wrong second derivative without a word,
 * or round a constant to float32; and adds those that are missing (comparisons, Einstein sums). Safe to call again.
 *
 * Gradients belong to every backend; these are right on each. `tf.logSoftmax` and `tf.losses.softmaxCrossEntropy` bring
 * gradients of their own, which cannot be replaced: where a second derivative is needed write `x - logSumExp(x)`.
 *
 * @example
 * import { installTwiceDifferentiableGradients } from '@dead-directions/autodiff'
 * import * as tf from '@tensorflow/tfjs'
 * installTwiceDifferentiableGradients()
 * tf.grad(tf.grad(x => tf.tanh(x)))(tf.scalar(0.5)) // -2 tanh(½) (1 - tanh²(½))
 */
export function installTwiceDifferentiableGradients(): void {
  if (ours.has(tf.getGradient(tf.Tanh))) return
  for (const gradient of gradients()) {
    if (tf.getGradient(gradient.kernelName) !== undefined) tf.unregisterGradient(gradient.kernelName)
    tf.registerGradient(gradient)
    ours.add(gradient)
  }
}

const ours = new WeakSet<tf.GradConfig>()
