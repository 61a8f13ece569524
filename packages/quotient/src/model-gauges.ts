import { BadInput, kindsBehind } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { type Gauge, gaugeOf } from './gauge.ts'
import { interfaceGauges, logitShifts, type Side } from './interface-gauges.ts'

/** One dense layer: its variables and the activation that follows. */
interface DenseMap {
  readonly layer: string
  readonly kernel: tf.Variable
  readonly bias: tf.Variable | undefined
  readonly activation: { readonly symmetry: 'linear' | 'odd' | 'homogeneous' | 'none' }
  readonly softmax: boolean
}

const symmetries: Readonly<Record<string, DenseMap['activation']['symmetry']>> = { linear: 'linear', relu: 'homogeneous', leakyrelu: 'homogeneous', tanh: 'odd' }

/**
 * The gauges of a model of dense and activation layers. Source: arXiv 2606.05957, row D1.
 *
 * @throws BadInput for a layer of another class, or one that is read more than once
 */
export function modelGauges(model: tf.LayersModel): readonly Gauge[] {
  const maps = model.layers.reduce<readonly DenseMap[]>((before, layer) => [...before.slice(0, -1), ...joined(before.at(-1), layer)], [])
  const between = maps.slice(0, -1).flatMap((map, at) => interfaceGauges(map.layer, kindsBehind(map.activation), written(map), [sideOf(maps[at + 1]?.kernel as tf.Variable, 0)]))
  const last = maps.at(-1)
  return [...between, ...(last?.softmax ? logitShifts(written(last)) : [])].map(gaugeOf)
}

function written({ kernel, bias }: DenseMap): readonly Side[] {
  return [sideOf(kernel, 1), ...(bias === undefined ? [] : [sideOf(bias, 0)])]
}

function sideOf({ name, shape }: tf.Variable, axis: 0 | 1): Side {
  return { parameter: name, shape, axis }
}

function joined(last: DenseMap | undefined, layer: tf.layers.Layer): readonly DenseMap[] {
  const kind = layer.getClassName()
  const before = last === undefined ? [] : [last]
  if (layer.outboundNodes.length > 1) throw new BadInput(`model.layers.${layer.name}`, `${layer.outboundNodes.length} readers`, 'one sequence of layers')
  if (kind === 'Dense') return [...before, denseMap(layer)]
  if (kind === 'InputLayer' || kind === 'Dropout' || (kind === 'Flatten' && last === undefined)) return before
  const name = kind === 'Activation' ? String(layer.getConfig()['activation']) : { ReLU: 'relu', LeakyReLU: 'leakyrelu', Softmax: 'softmax' }[kind]
  if (name === undefined) throw new BadInput(`model.layers.${layer.name}`, kind, 'Dense, Activation, ReLU, LeakyReLU, Softmax, Dropout or InputLayer')
  // ReLU6 and a ReLU with a threshold do not commute with positive scales.
  const plain = kind !== 'ReLU' || layer.getConfig()['maxValue'] == null
  return last === undefined ? [] : [{ ...last, ...facts(plain ? name : 'clipped', last.activation.symmetry) }]
}

function denseMap(layer: tf.layers.Layer): DenseMap {
  const [kernel, bias] = layer.trainableWeights.map(weight => weight.read() as tf.Variable)
  if (kernel === undefined) throw new BadInput(`model.layers.${layer.name}`, 'no trainable kernel', 'a built, trainable Dense layer')
  return { layer: layer.name, kernel, bias, ...facts(String(layer.getConfig()['activation'] ?? 'linear'), 'linear') }
}

function facts(activation: string, before: DenseMap['activation']['symmetry']): Pick<DenseMap, 'activation' | 'softmax'> {
  const symmetry = symmetries[activation] ?? 'none'
  const together = before === 'linear' ? symmetry : symmetry === 'linear' || symmetry === before ? before : 'none'
  return { activation: { symmetry: together }, softmax: activation === 'softmax' }
}
