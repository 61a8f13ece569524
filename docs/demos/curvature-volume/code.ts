import type { CurvatureState } from './model.ts'

export function code({ k, bound }: CurvatureState): string {
  return `import { curvatureTube, rateChain, sectionalCurvature } from '@dead-directions/core-geometry'
import { nodeBackend } from '@dead-directions/backend-node'
import * as tf from '@tensorflow/tfjs'

await nodeBackend.install()
const mean = (theta: tf.Tensor1D): tf.Tensor => {
  const [t, w] = [theta.slice(0, 1), theta.slice(1, 1)]
  return tf.concat([tf.add(${Array.from({ length: k - 1 }).reduce((product: string) => `tf.mul(${product}, t)`, 't')}, tf.square(w)), w, tf.mul(t, w)])
}
console.log('curvature at t = 0.1:', sectionalCurvature({ mean }, Float64Array.of(0.1, 0), Float64Array.of(1, 0), Float64Array.of(0, 1)))
console.log('rates:', rateChain(${k}))
const { rate, coefficient } = curvatureTube(${k}, 'fisher')
console.log('volume beyond ${bound}:', coefficient * ${bound} ** -rate)
`
}
