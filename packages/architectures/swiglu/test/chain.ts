import { exactData, exactTensor } from '@dead-directions/autodiff'
import { buildNetwork, canonicalApproach, forward, type Network, parameterTensors, standardNormals } from '@dead-directions/network'
import { createRegistry } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { swiglu, type SwigluSpec } from '../src/index.ts'

/** Blocks one behind the other, named by their place from 1 on. */
export function chainOf(blocks: readonly SwigluSpec[]): Network {
  const nodes = blocks.map((spec, i) => ({ name: `${i + 1}`, primitive: 'swiglu', spec: { ...spec }, inputs: [i === 0 ? 'input' : `${i}`] }))
  const input = [(blocks[0] as SwigluSpec).width]
  return buildNetwork({ input, nodes, output: `${blocks.length}`, likelihood: 'gaussian' }, createRegistry().use(swiglu))
}

/** What the dead channel carries, sample by sample: its value behind the chain, and its gradient at the input and behind every node. */
export interface DeadChannel {
  readonly output: Float64Array
  readonly gradients: readonly Float64Array[]
}

/**
 * The dead channel of a chain on its canonical approach, for given dead inputs and normal living ones.
 *
 * @param dead the channel
 * @param inputs its inputs
 * @param pull the gradient at its output, the same for every sample
 */
export async function deadChannel(network: Network, dead: number, t: number, inputs: ArrayLike<number>, pull = 1): Promise<DeadChannel> {
  const width = network.outputShape[0] as number
  const shape = [inputs.length, width]
  const isDead = (at: number): boolean => at % width === dead
  const x = standardNormals(7, inputs.length * width).map((z, at) => (isDead(at) ? (inputs[Math.floor(at / width)] as number) : z))
  const tensors = [exactTensor(x, shape), exactTensor(standardNormals(8, x.length).map((z, at) => (isDead(at) ? pull : z)), shape)] as const
  const parameters = parameterTensors(canonicalApproach(network, t))
  const found = tf.tidy(() => {
    const through = (...shifts: tf.Tensor[]): tf.Tensor =>
      forward(network, parameters, tf.add(tensors[0], shifts[0] as tf.Tensor), { node: (name, value) => tf.add(value, shifts[Number(name)] as tf.Tensor) })
    const shifts = Array.from({ length: network.nodes.length + 1 }, () => tf.zeros(shape))
    return [through(...shifts), ...tf.grads((...at) => tf.sum(tf.mul(through(...at), tensors[1])))(shifts)]
  })
  const [output, ...gradients] = await Promise.all(found.map(async tensor => (await exactData(tensor)).filter((_, at) => isDead(at))))
  tf.dispose([...found, ...tensors, ...Object.values(parameters)])
  return { output: output as Float64Array, gradients }
}

/** Mean of the entries' powers. */
export function moment(entries: ArrayLike<number>, power = 2): number {
  return Array.from(entries).reduce((sum, entry) => sum + entry ** power, 0) / entries.length
}
