import { BadInput, checkNetworkDescription, type TensorData } from '@dead-directions/registry'
import { kerasActivation } from './layers-model-layers.ts'
import type { NetworkWeights } from './layers-model.ts'
import { type MlpLayer, mlpLayers } from './mlp-spec.ts'
import { encodeScalars } from './scalar.ts'
import { checkFinite, checkShape, tensorField, transposed } from './tensor-check.ts'

/**
 * A network of one `mlp` node as a TensorFlow.js LayersModel, its weights rounded to float32.
 *
 * @param checkpoint the network and its tensors by `<node>.<parameter>`
 * @returns the content of `model.json`, and of the `weights.bin` that it names
 * @throws BadInput when the network is no single `mlp`, or a tensor is missing, has another shape or is not finite
 * @example
 * import { encodeLayersModel } from '@dead-directions/checkpoint/bytes'
 * const { model, weights } = encodeLayersModel({
 *   network: {
 *     input: [2],
 *     nodes: [{ name: 'body', primitive: 'mlp', spec: { widths: [2, 1], activation: 'identity', bias: false }, inputs: ['input'] }],
 *     output: 'body',
 *     likelihood: 'gaussian',
 *   },
 *   tensors: new Map([['body.fc1.weight', { shape: [1, 2], data: Float64Array.of(1, 2) }]]),
 * })
 */
export function encodeLayersModel({ network, tensors }: NetworkWeights): { readonly model: object; readonly weights: Uint8Array } {
  const { name, layers } = mlpLayers(checkNetworkDescription(network, 'network'))
  const softmax = network.likelihood === 'categorical'
  const parts = layers.flatMap(({ inputs, outputs, bias }, i) => [
    { name: `fc${i + 1}/kernel`, ...transposed(parameter(tensors, `${name}.fc${i + 1}.weight`, [outputs, inputs])) },
    ...(bias ? [{ name: `fc${i + 1}/bias`, ...parameter(tensors, `${name}.fc${i + 1}.bias`, [outputs]) }] : []),
  ])
  const weights = new Uint8Array(4 * parts.reduce((sum, part) => sum + part.data.length, 0))
  let at = 0
  for (const part of parts) {
    encodeScalars('F32', part.data, weights, at, tensorField('tensor', part.name))
    at += 4 * part.data.length
  }
  const modelTopology = { class_name: 'Sequential', config: { name, layers: layers.map(denseConfig) as object[] }, keras_version: '2.15.0' }
  if (softmax) modelTopology.config.layers.push({ class_name: 'Softmax', config: { name: 'softmax', trainable: true, axis: -1 } })
  const model = {
    format: 'layers-model',
    generatedBy: 'dead-directions',
    convertedBy: null,
    modelTopology,
    weightsManifest: [{ paths: ['weights.bin'], weights: parts.map(part => ({ name: part.name, shape: part.shape, dtype: 'float32' })) }],
  }
  return { model, weights }
}

function denseConfig({ inputs, outputs, activation, bias }: MlpLayer, i: number): object {
  const config = {
    name: `fc${i + 1}`,
    trainable: true,
    dtype: 'float32',
    units: outputs,
    activation: kerasActivation(activation, 'network.nodes.0.spec.activation'),
    use_bias: bias,
    ...(i === 0 ? { batch_input_shape: [null, inputs] } : {}),
  }
  return { class_name: 'Dense', config }
}

function parameter(tensors: ReadonlyMap<string, TensorData>, name: string, shape: readonly number[]): TensorData {
  const tensor = tensors.get(name)
  const field = tensorField('tensor', name)
  if (tensor === undefined) throw new BadInput(field, undefined, `a tensor of shape ${JSON.stringify(shape)}`)
  checkShape(tensor, shape, field)
  checkFinite(tensor, field)
  return tensor
}
