import * as tf from '@tensorflow/tfjs'
import { installTwiceDifferentiableGradients } from './twice-differentiable.ts'

/**
 * The value of a tensor function and its exact derivative along a direction, by two reverse passes.
 *
 * The product `v ↦ ⟨Jᵀv, u⟩` is linear in `v`, and its gradient is `J u`. Installs the gradients of
 * {@link installTwiceDifferentiableGradients} first. The caller disposes of both results.
 *
 * @param f function of tensors, in TensorFlow.js ops; depends on every argument
 * @param x where to differentiate
 * @param u direction, one tensor per argument and of its shape
 * @returns `value` and `derivative` of the shape of `f`'s result
 * @throws RangeError when `u` does not match `x`
 *
 * @example
 * import * as tf from '@tensorflow/tfjs'
 * import { directionalDerivative } from '@dead-directions/autodiff'
 * const { derivative } = directionalDerivative(x => tf.square(x), [tf.tensor1d([3, 4])], [tf.tensor1d([1, 10])])
 * // [6, 80]
 */
export function directionalDerivative(
  f: (...x: tf.Tensor[]) => tf.Tensor,
  x: readonly tf.Tensor[],
  u: readonly tf.Tensor[],
): { value: tf.Tensor; derivative: tf.Tensor } {
  if (u.length !== x.length) throw new RangeError(`u: got ${u.length} tensors, expected ${x.length}, one per argument`)
  x.forEach(({ shape }, i) => {
    const came = u[i]!.shape
    if (came.join() !== shape.join()) throw new RangeError(`u[${i}]: got shape [${came}], expected [${shape}]`)
  })
  installTwiceDifferentiableGradients()
  return tf.tidy(() => {
    const value = tf.keep(f(...x))
    const transposed = (v: tf.Tensor): tf.Tensor => tf.addN(tf.grads(f)([...x], v).map((gradient, i) => tf.sum(tf.mul(gradient, u[i]!))))
    try {
      return { value: tf.clone(value), derivative: tf.grad(transposed)(tf.zerosLike(value)) }
    } finally {
      value.dispose()
    }
  })
}
