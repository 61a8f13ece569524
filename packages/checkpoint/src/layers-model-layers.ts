import { BadInput, checked } from '@dead-directions/registry'
import { type } from 'arktype'
import type { Layer } from './layers-model-chain.ts'
import { tensorField } from './tensor-check.ts'

/** A dense layer with the activation that follows it, be it its own or a layer of its own. */
export interface DenseLayer {
  readonly name: string
  readonly units: number
  readonly bias: boolean
  readonly activation: string
}

/** What a chain of layers computes: dense layers, and whether a softmax ends it. */
export interface DenseChain {
  readonly input: number | undefined
  readonly layers: readonly DenseLayer[]
  readonly softmax: boolean
}

/** Keras's names of the activations that an `mlp` node knows; its gelu is the one by erf. */
const activations: Readonly<Record<string, string>> = {
  linear: 'identity',
  relu: 'relu',
  tanh: 'tanh',
  gelu: 'gelu',
  softplus: 'softplus',
  sigmoid: 'sigmoid',
  swish: 'silu',
  silu: 'silu',
}

const shaped = type({ 'batch_input_shape?': 'unknown', 'batch_shape?': 'unknown' })
const batchOfVectors = type(['null | number.integer', 'number.integer >= 1'])
const dense = type({ units: 'number.integer >= 1', 'activation?': 'unknown', 'use_bias?': 'boolean' })
const activationLayer = type({ activation: 'unknown' })
const plainRelu = type({ 'max_value?': 'null', 'negative_slope?': '0 | null', 'threshold?': '0 | null' })
const lastAxis = type({ 'axis?': '-1 | 1' })

interface Fold {
  input?: number
  layers: DenseLayer[]
  softmax: boolean
}

type Step = (chain: Fold, layer: Layer, field: string) => void

const steps: Readonly<Record<string, Step>> = {
  InputLayer: (chain, layer, field) => {
    if (chain.layers.length > 0) throw new BadInput(field, layer.className, 'an input before every other layer')
  },
  Dense: (chain, layer, field) => {
    const { units, activation, use_bias = true } = checked(dense, layer.config, field)
    if (chain.softmax) throw new BadInput(field, layer.className, 'no layer after the softmax')
    chain.layers.push({ name: layer.name, units, bias: use_bias, activation: 'identity' })
    activate(chain, activation ?? 'linear', `${field}.activation`)
  },
  Activation: (chain, layer, field) => activate(chain, checked(activationLayer, layer.config, field).activation, `${field}.activation`),
  ReLU: (chain, layer, field) => {
    checked(plainRelu, layer.config, field)
    activate(chain, 'relu', field)
  },
  Softmax: (chain, layer, field) => {
    checked(lastAxis, layer.config, field)
    activate(chain, 'softmax', field)
  },
  Dropout: () => {},
  Flatten: () => {},
}

/**
 * The dense layers in a chain, each with the activation layers after it folded in.
 *
 * @throws BadInput naming a layer that such a chain cannot hold
 */
export function denseChain(layers: readonly Layer[], file: string): DenseChain {
  const chain: Fold = { layers: [], softmax: false }
  for (const layer of layers) {
    const field = tensorField(`${file} layer`, layer.name)
    const step = Object.hasOwn(steps, layer.className) ? steps[layer.className] : undefined
    if (step === undefined) throw new BadInput(field, layer.className, `one of ${Object.keys(steps).join(', ')}`)
    const { batch_input_shape, batch_shape } = checked(shaped, layer.config, field)
    const shape = batch_input_shape ?? batch_shape
    if (chain.layers.length === 0 && shape !== undefined) chain.input = checked(batchOfVectors, shape, `${field}.batch_input_shape`)[1]
    step(chain, layer, field)
  }
  if (chain.layers.length === 0) throw new BadInput(`${file} layers`, layers.map(layer => layer.className), 'at least one Dense layer')
  return { input: chain.input, layers: chain.layers, softmax: chain.softmax }
}

function activate(chain: Fold, name: unknown, field: string): void {
  if (name === 'linear') return
  const last = chain.layers.at(-1)
  if (last === undefined) throw new BadInput(field, name, 'a Dense layer before the first activation')
  if (chain.softmax) throw new BadInput(field, name, 'no activation after the softmax')
  if (name === 'softmax') {
    chain.softmax = true
    return
  }
  if (typeof name !== 'string' || !Object.hasOwn(activations, name)) {
    throw new BadInput(field, name, `one of ${Object.keys(activations).join(', ')}, softmax`)
  }
  if (last.activation !== 'identity') throw new BadInput(field, name, 'a Dense layer between two activations')
  chain.layers[chain.layers.length - 1] = { ...last, activation: activations[name] as string }
}

/** Keras's name of an `mlp` activation. */
export function kerasActivation(name: string, field: string): string {
  const found = Object.entries(activations).find(([, ours]) => ours === name)
  if (found === undefined) throw new BadInput(field, name, `one of ${[...new Set(Object.values(activations))].join(', ')}`)
  return found[0]
}
