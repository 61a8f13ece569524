import { exactData } from '@dead-directions/autodiff'
import { fitLeadingRate, geometricGrid, type RateFit, type RateRefusal } from '@dead-directions/core-geometry'
import { cotangents, nodePass } from '@dead-directions/kfac'
import { canonicalApproach, type Network, parameterTensors } from '@dead-directions/network'
import * as tf from '@tensorflow/tfjs'
import { sampleInputs } from './sample-inputs.ts'

/** Numbers below this are on their way to underflow, in float64 and in float32. */
export const TINY = 1e-300
const TINY_FLOAT32 = 1e-35

/** Widest grid a probe looks at: where routes are close the straight window lies far down. */
export const GRID: Float64Array = geometricGrid(1e-6, 0.1, 41)

/** The dead channel at one node along the canonical approach. */
export interface MeasuredNode {
  readonly node: string
  /** Root mean squares of the dead output and of the gradient at it, along {@link MeasuredRates.t}: squares would underflow too early. */
  readonly forward: Float64Array
  readonly backward: Float64Array
  readonly forwardFit: RateFit | RateRefusal
  readonly backwardFit: RateFit | RateRefusal
}

/** All nodes of a network along its canonical approach. */
export interface MeasuredRates {
  readonly t: Float64Array
  /** Mean square of the last feature of the inputs, which forward moments are in units of. */
  readonly inputMoment: number
  readonly nodes: readonly MeasuredNode[]
}

/**
 * The dead channel's size at every node, forward and backward, on a wide grid of the canonical approach, and their rates.
 * Output gradients are drawn from the model, the same draw at every point. Source: arXiv 2606.05957, rows C2, C7, C8 and C10.
 *
 * @param tokens where the inputs are whole numbers, how many there are
 */
export async function measureRates(network: Network, tokens?: number): Promise<MeasuredRates> {
  const inputs = sampleInputs(network, 24, 7, tokens)
  const [cotangent] = cotangents(network.description.likelihood, { kind: 'sampled', seed: 3, draws: 1 }, network.outputShape.at(-1) as number)
  const sizes = network.nodes.map(() => ({ forward: new Float64Array(GRID.length), backward: new Float64Array(GRID.length) }))
  // Every value is asked for before the first is waited for: a GPU answers late.
  await Promise.all(
    Array.from(GRID, async (t, point) => {
      const tensors = parameterTensors(canonicalApproach(network, t))
      const seen = nodePass(network, tensors, inputs, cotangent as NonNullable<typeof cotangent>)
      const values = await Promise.all(seen.map(async ({ value, gradient }) => ({ value: await exactData(value), gradient: await exactData(gradient) })))
      tf.dispose([...Object.values(tensors), ...seen.flatMap(({ value, gradient }) => [value, gradient])])
      for (const [i, node] of network.nodes.entries()) {
        const own = values[i] as (typeof values)[number]
        const width = node.shape.at(-1) as number
        const dead = (node.architecture.deadChannel(node.spec) + width) % width
        const size = sizes[i] as (typeof sizes)[number]
        size.forward[point] = deadSize(own.value, width, dead)
        size.backward[point] = deadSize(own.gradient, width, dead)
      }
    }),
  )
  const width = inputs.shape.at(-1) as number
  const inputMoment = deadSize(await exactData(inputs), width, width - 1) ** 2
  inputs.dispose()
  const floor = tf.backend().epsilon() <= Number.EPSILON ? TINY : TINY_FLOAT32
  const nodes = network.nodes.map(({ name }, i): MeasuredNode => {
    const { forward, backward } = sizes[i] as (typeof sizes)[number]
    return { node: name, forward, backward, forwardFit: fitLeadingRate(GRID, forward, { floor }), backwardFit: fitLeadingRate(GRID, backward, { floor }) }
  })
  return { t: GRID, inputMoment, nodes }
}

/** Root mean square of one feature over samples and positions, without squaring small numbers away. */
function deadSize(values: Float64Array, width: number, dead: number): number {
  let largest = 0
  for (let i = dead; i < values.length; i += width) largest = Math.max(largest, Math.abs(values[i] as number))
  if (largest === 0) return 0
  let total = 0
  for (let i = dead; i < values.length; i += width) total += ((values[i] as number) / largest) ** 2
  return largest * Math.sqrt(total / (values.length / width))
}
