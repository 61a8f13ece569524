import * as tf from '@tensorflow/tfjs'
import { read64, differences, expectClose, installed, law, samples } from '../../test/law.ts'

installed()

type T4 = tf.Tensor4D
type T5 = tf.Tensor5D

/** The convolution by its definition, `valid` or padded beforehand, stride and dilation per axis. */
function definition(x: T4, w: T4, stride: number, dilation: number, depthwise: boolean): number[] {
  const [batch, height, width] = x.shape
  const [kh, kw, channels, out] = w.shape
  const [X, W] = [x.arraySync(), w.arraySync()]
  const result: number[] = []
  for (let b = 0; b < batch; b++)
    for (let y = 0; y + (kh - 1) * dilation < height; y += stride)
      for (let z = 0; z + (kw - 1) * dilation < width; z += stride) {
        const at = (c: number, o: number): number => {
          let sum = 0
          for (let i = 0; i < kh; i++) for (let j = 0; j < kw; j++) sum += X[b]![y + i * dilation]![z + j * dilation]![c]! * W[i]![j]![c]![o]!
          return sum
        }
        if (depthwise) for (let c = 0; c < channels; c++) for (let o = 0; o < out; o++) result.push(at(c, o))
        else for (let o = 0; o < out; o++) result.push(Array.from({ length: channels }, (_, c) => at(c, o)).reduce((p, q) => p + q))
      }
  return result
}

const [image, filter] = [(): T4 => samples([2, 6, 5, 3], 1) as T4, (): T4 => samples([3, 2, 3, 2], 2) as T4]

law('convolutions agree with their definition', () => {
  for (const [stride, dilation] of [[1, 1], [2, 1], [1, 2]] as const) {
    expectClose(tf.conv2d(image(), filter(), stride, 'valid', 'NHWC', dilation), definition(image(), filter(), stride, dilation, false))
    expectClose(tf.depthwiseConv2d(image(), filter(), stride, 'valid', 'NHWC', dilation), definition(image(), filter(), stride, dilation, true))
  }
})

law('padding the window is padding the image', () => {
  const paddings: [[number, number], [number, number], [number, number], [number, number]] = [[0, 0], [2, 1], [0, 2], [0, 0]]
  const padded = tf.pad(image(), paddings) as T4
  expectClose(tf.conv2d(image(), filter(), 1, paddings), read64(tf.conv2d(padded, filter(), 1, 'valid')))
})

law('channels may come first', () => {
  const first = tf.conv2d(tf.transpose(image(), [0, 3, 1, 2]), filter(), 2, 'same', 'NCHW')
  expectClose(tf.transpose(first, [0, 2, 3, 1]), read64(tf.conv2d(image(), filter(), 2, 'same')))
})

law('gradients agree with differences', () => {
  const cases: [(x: tf.Tensor, w: tf.Tensor) => tf.Tensor, number[], number[]][] = [
    [(x, w) => tf.conv2d(x as T4, w as T4, 2, 'same'), [1, 4, 5, 2], [3, 3, 2, 2]],
    [(x, w) => tf.depthwiseConv2d(x as T4, w as T4, 1, 'same'), [1, 4, 3, 2], [2, 3, 2, 2]],
    [(x, w) => tf.conv3d(x as T5, w as T5, 1, 'same'), [1, 2, 3, 3, 2], [2, 2, 2, 2, 1]],
    [(x, w) => tf.conv2dTranspose(x as T4, w as T4, [1, 6, 6, 2], 2, 'same'), [1, 3, 3, 2], [3, 3, 2, 2]],
  ]
  for (const [f, xShape, wShape] of cases) {
    const [x, w] = [samples(xShape, 1), samples(wShape, 2)]
    const loss = (x: tf.Tensor, w: tf.Tensor): tf.Tensor => tf.sum(tf.square(f(x, w)))
    const [dx, dw] = tf.grads(loss)([x, w]) as [tf.Tensor, tf.Tensor]
    expectClose(dx, differences(x => read64(loss(x, w))[0]!, x), 1e-8)
    expectClose(dw, differences(w => read64(loss(x, w))[0]!, w), 1e-8)
  }
})

law('a fused convolution is the convolution, the bias and the activation one after the other', () => {
  const bias = samples([2], 3)
  const plain = tf.add(tf.conv2d(image(), filter(), 1, 'same'), bias)
  const fused = tf.fused.conv2d({ x: image(), filter: filter(), strides: 1, pad: 'same', bias, activation: 'relu' })
  expectClose(fused, read64(tf.relu(plain)), 0)
})
