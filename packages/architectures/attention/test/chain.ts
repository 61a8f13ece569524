import { linear } from '@dead-directions/arch-linear'
import { exactData, exactTensor } from '@dead-directions/autodiff'
import { buildNetwork, canonicalApproach, forward, type Network, parameterTensors, standardNormals } from '@dead-directions/network'
import { createRegistry, type NodeDescription } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { attention, type AttentionSpec } from '../src/index.ts'

const registry = createRegistry().use(attention, linear)

/** Blocks one behind the other, named by their place from 1 on; a number stands for a linear map of that width. */
export function chainOf(blocks: readonly (AttentionSpec | 'linear')[], width: number, positions = 3): Network {
  const nodes = blocks.map((spec, i): NodeDescription => {
    const own = spec === 'linear' ? { primitive: 'linear', spec: { in: width, out: width } } : { primitive: 'attention', spec: { ...spec } }
    return { name: `${i + 1}`, ...own, inputs: [i === 0 ? 'input' : `${i}`] }
  })
  return buildNetwork({ input: [positions, width], nodes, output: `${blocks.length}`, likelihood: 'gaussian' }, registry)
}

/** What the dead channel carries at the input (place 0) and behind every node, sample by sample and position by position. */
export interface DeadChannel {
  readonly values: readonly Float64Array[]
  readonly gradients: readonly Float64Array[]
}

interface Options {
  readonly closed?: readonly string[]
  readonly pulled?: 'dead' | 'living' | 'all'
}

const samples = 6

/**
 * The last channel of a chain on its canonical approach, for normal inputs and a fixed normal gradient at the output.
 *
 * @param closed weights whose dead entry, their last, is exactly 0
 * @param pulled output channels that have a gradient; all by default
 */
export async function deadChannel(network: Network, t: number, { closed = [], pulled = 'all' }: Options = {}): Promise<DeadChannel> {
  const values = canonicalApproach(network, t)
  for (const name of closed) values[name]?.data.fill(0, -1)
  const shape = [samples, ...network.outputShape]
  const size = shape.reduce((product, n) => product * n)
  const parameters = parameterTensors(values)
  const isDead = (at: number): boolean => (at + 1) % (shape.at(-1) as number) === 0
  const gradient = standardNormals(2, size).map((value, at) => (pulled === 'all' || isDead(at) === (pulled === 'dead') ? value : 0))
  const [input, cotangent] = [exactTensor(standardNormals(1, size), shape), exactTensor(gradient, shape)]
  const found = tf.tidy(() => {
    const nodes: tf.Tensor[] = [input]
    const loss = (...shifts: tf.Tensor[]): tf.Scalar => {
      const shifted = (value: tf.Tensor, place: number): tf.Tensor => tf.add(value, shifts[place] as tf.Tensor)
      const output = forward(network, parameters, shifted(input, 0), {
        node(name, value) {
          nodes[Number(name)] = tf.keep(tf.clone(value))
          return shifted(value, Number(name))
        },
      })
      return tf.sum(tf.mul(output, cotangent))
    }
    const gradients = tf.grads(loss)(Array.from({ length: network.nodes.length + 1 }, () => tf.zeros(shape)))
    return { nodes, gradients }
  })
  const read = (tensors: readonly tf.Tensor[]): Promise<Float64Array[]> =>
    Promise.all(tensors.map(async tensor => (await exactData(tensor)).filter((_, at) => isDead(at))))
  const measured = { values: await read(found.nodes), gradients: await read(found.gradients) }
  tf.dispose([...found.nodes, ...found.gradients, cotangent, ...Object.values(parameters)])
  return measured
}

/** Mean square of the entries. */
export function moment(entries: Float64Array): number {
  return entries.reduce((sum, entry) => sum + entry * entry, 0) / entries.length
}
