import * as tf from '@tensorflow/tfjs'

const [a, b, c] = [3.4445, -4.775, 2.0315]

/**
 * A matrix with its singular values pushed towards one, its singular vectors kept: five steps of the quintic Newton–Schulz
 * iteration `X ← aX + (bXXᵀ + c(XXᵀ)²)X` from the matrix over its Frobenius norm. It commutes with rotations on either side.
 * Source: Jordan et al. 2024, "Muon: an optimizer for hidden layers in neural networks".
 *
 * @returns a matrix of the same shape; zeros for zeros
 * @example
 * import { newtonSchulz } from '@dead-directions/ddcmuon'
 * import * as tf from '@tensorflow/tfjs'
 * newtonSchulz(tf.tensor2d([[3, 0], [0, 0.5]])) // its singular values are between 0.68 and 1.14
 */
export function newtonSchulz(matrix: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => {
    const wide = matrix.shape[0] <= matrix.shape[1]
    const start = wide ? matrix : tf.transpose(matrix)
    let x = tf.divNoNan(start, tf.norm(start)) as tf.Tensor2D
    for (let step = 0; step < 5; step++) {
      const gram = tf.matMul(x, x, false, true)
      const polynomial = tf.add(tf.mul(gram, b), tf.mul(tf.matMul(gram, gram), c)) as tf.Tensor2D
      x = tf.add(tf.mul(x, a), tf.matMul(polynomial, x))
    }
    return wide ? x : tf.transpose(x)
  })
}
