import type * as tf from '@tensorflow/tfjs'
import { sizeOf } from '../dense.ts'

type Info = tf.backend_util.Conv2DInfo | tf.backend_util.Conv3DInfo
type Extent = readonly [depth: number, height: number, width: number]

/** A window sliding over a volume; an image is a volume of depth one. */
export interface Window {
  readonly batch: number
  readonly input: Extent
  readonly output: Extent
  readonly taps: Extent
  readonly stride: Extent
  readonly dilation: Extent
  readonly before: Extent
}

export function windowOf(info: Info): Window {
  const flat = !('inDepth' in info)
  return {
    batch: info.batchSize,
    input: [flat ? 1 : info.inDepth, info.inHeight, info.inWidth],
    output: [flat ? 1 : info.outDepth, info.outHeight, info.outWidth],
    taps: [flat ? 1 : info.filterDepth, info.filterHeight, info.filterWidth],
    stride: [flat ? 1 : info.strideDepth, info.strideHeight, info.strideWidth],
    dilation: [flat ? 1 : info.dilationDepth, info.dilationHeight, info.dilationWidth],
    before: [flat ? 0 : info.padInfo.front, info.padInfo.top, info.padInfo.left],
  }
}

/** How many positions the window takes over the whole batch. */
export function outputsOf(window: Window): number {
  return window.batch * sizeOf(window.output)
}

/** How many positions the volumes of the whole batch have. */
export function inputsOf(window: Window): number {
  return window.batch * sizeOf(window.input)
}

/** Visits every (input position, tap, output position) whose input lies inside the volume, output by output. */
export function eachTap(window: Window, visit: (input: number, tap: number, output: number) => void): void {
  const { batch, input, output, taps, stride, dilation, before } = window
  let to = 0
  for (let b = 0; b < batch; b++) {
    for (let z = 0; z < output[0]; z++) {
      for (let y = 0; y < output[1]; y++) {
        for (let x = 0; x < output[2]; x++, to++) {
          let tap = 0
          for (let i = 0; i < taps[0]; i++) {
            const d = z * stride[0] - before[0] + i * dilation[0]
            for (let j = 0; j < taps[1]; j++) {
              const h = y * stride[1] - before[1] + j * dilation[1]
              const inside = d >= 0 && d < input[0] && h >= 0 && h < input[1]
              const row = ((b * input[0] + d) * input[1] + h) * input[2]
              for (let k = 0; k < taps[2]; k++, tap++) {
                const w = x * stride[2] - before[2] + k * dilation[2]
                if (inside && w >= 0 && w < input[2]) visit(row + w, tap, to)
              }
            }
          }
        }
      }
    }
  }
}
