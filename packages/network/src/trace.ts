import * as tf from '@tensorflow/tfjs'
import { forward } from './forward.ts'
import type { Network } from './network.ts'

/** One linear map of a network. */
export interface Layer {
  /** The node's name, and the layer's inside it: `body.fc1`. */
  readonly name: string
  /** Name of the node's primitive. */
  readonly primitive: string
  readonly in: number
  readonly out: number
  /** Sizes between the sample axis and the features: empty for one vector per sample. */
  readonly positions: readonly number[]
  /** Full names of its parameters, or `null` where the map is computed from others or absent. */
  readonly weight: string | null
  readonly bias: string | null
}

/** The linear maps that a forward pass of one sample meets. */
export function traceLayers(network: Omit<Network, 'layers'>): readonly Layer[] {
  const layers: Layer[] = []
  tf.tidy(() => {
    const parameters = Object.fromEntries(Object.entries(network.parameters).map(([name, spec]) => [name, tf.zeros([...spec.shape])]))
    const names = new Map(Object.entries(parameters).map(([name, tensor]) => [tensor, name]))
    forward(network, parameters, tf.zeros([1, ...network.description.input]), {
      linear(name, weight, input, bias, output) {
        const node = network.nodes.find(known => name === known.name || name.startsWith(`${known.name}.`))
        layers.push({
          name,
          primitive: node?.architecture.name ?? '',
          in: weight.shape[1],
          out: weight.shape[0],
          positions: input.shape.slice(1, -1),
          weight: names.get(weight) ?? null,
          bias: bias === undefined ? null : (names.get(bias) ?? null),
        })
        return output
      },
    })
  })
  return layers
}
