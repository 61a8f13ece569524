import { BadInput, checked, type NetworkDescription, type TensorData } from '@dead-directions/registry'
import { type } from 'arktype'
import { layerChain } from './layers-model-chain.ts'
import { type DenseLayer, denseChain } from './layers-model-layers.ts'
import { manifestWeights, shardPaths } from './layers-model-weights.ts'
import { type MlpLayer, mlpSpec } from './mlp-spec.ts'
import { checkFinite, checkShape, tensorField, transposed } from './tensor-check.ts'

/** A network and its tensors by `<node>.<parameter>`. */
export interface NetworkWeights {
  readonly network: NetworkDescription
  readonly tensors: ReadonlyMap<string, TensorData>
}

const layersModel = type({ modelTopology: 'Record<string, unknown>', weightsManifest: 'unknown' })
const node = 'body'

/**
 * The weight files that a LayersModel's `model.json` names, in the order in which their bytes follow each other.
 *
 * @param model the parsed `model.json`
 * @param field what to call it in an error
 * @throws BadInput naming what is wrong with it
 * @example
 * import { layersModelShards } from '@dead-directions/checkpoint/bytes'
 * layersModelShards({ modelTopology: {}, weightsManifest: [{ paths: ['weights.bin'], weights: [] }] }, 'model.json') // ['weights.bin']
 */
export function layersModelShards(model: unknown, field: string): string[] {
  return shardPaths(checked(layersModel, model, field).weightsManifest, `${field}.weightsManifest`)
}

/**
 * The network of a TensorFlow.js LayersModel that is a chain of dense layers: one `mlp` node named `body`.
 *
 * A softmax at the end becomes the likelihood `categorical` over logits; without one it is `gaussian`.
 * Kernels `[in, out]` become weights `[out, in]`; quantised weights are restored to float32.
 *
 * @param model the parsed `model.json`
 * @param weights the bytes of its shards, one after the other
 * @param field what to call `model.json` in an error
 * @throws BadInput naming the layer or weight that does not fit
 * @see https://www.tensorflow.org/js/guide/save_load
 * @example
 * import { encodeLayersModel, parseLayersModel } from '@dead-directions/checkpoint/bytes'
 * const { model, weights } = encodeLayersModel({
 *   network: {
 *     input: [1],
 *     nodes: [{ name: 'body', primitive: 'mlp', spec: { widths: [1, 1], activation: 'identity', bias: false }, inputs: ['input'] }],
 *     output: 'body',
 *     likelihood: 'gaussian',
 *   },
 *   tensors: new Map([['body.fc1.weight', { shape: [1, 1], data: Float64Array.of(2) }]]),
 * })
 * parseLayersModel(model, weights, 'model.json').tensors.get('body.fc1.weight')?.data // [2]
 */
export function parseLayersModel(model: unknown, weights: Uint8Array, field: string): NetworkWeights {
  const { modelTopology, weightsManifest } = checked(layersModel, model, field)
  const { input, layers, softmax } = denseChain(layerChain(modelTopology, `${field}.modelTopology`), field)
  const named = manifestWeights(weightsManifest, weights, `${field}.weightsManifest`)
  const tensors = new Map<string, TensorData>()
  const mlp: MlpLayer[] = []
  layers.forEach((layer, i) => {
    const kernel = layerWeight(named, layer, 'kernel', field)
    const inputs: number = mlp.at(-1)?.outputs ?? input ?? kernel.tensor.shape[0] ?? 0
    checkShape(kernel.tensor, [inputs, layer.units], kernel.field)
    tensors.set(`${node}.fc${i + 1}.weight`, transposed(kernel.tensor))
    if (layer.bias) {
      const bias = layerWeight(named, layer, 'bias', field)
      checkShape(bias.tensor, [layer.units], bias.field)
      tensors.set(`${node}.fc${i + 1}.bias`, bias.tensor)
    }
    mlp.push({ inputs, outputs: layer.units, activation: layer.activation, bias: layer.bias })
  })
  const spec = mlpSpec(mlp)
  const network: NetworkDescription = {
    input: spec.widths.slice(0, 1),
    nodes: [{ name: node, primitive: 'mlp', spec: { ...spec }, inputs: ['input'] }],
    output: node,
    likelihood: softmax ? 'categorical' : 'gaussian',
  }
  return { network, tensors }
}

function layerWeight(named: ReadonlyMap<string, TensorData>, layer: DenseLayer, kind: 'kernel' | 'bias', file: string) {
  const wanted = `${layer.name}/${kind}`
  // A model converted from Keras may put the model's name first and the output's number last.
  const found = [...named].filter(([name]) => `/${name.replace(/:\d+$/, '')}`.endsWith(`/${wanted}`))
  const field = tensorField(`${file} weight`, wanted)
  const [only, ...more] = found.length > 1 ? found.filter(([name]) => name === wanted) : found
  if (only === undefined || more.length > 0) throw new BadInput(field, found.length === 0 ? undefined : found.length, 'one weight of this name')
  checkFinite(only[1], field)
  return { tensor: only[1], field }
}
