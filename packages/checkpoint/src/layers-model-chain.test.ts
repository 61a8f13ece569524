import { expect, test } from 'vitest'
import { layerChain } from './layers-model-chain.ts'

type Inbound = readonly (readonly (readonly unknown[])[])[]

const layer = (name: string, inbound_nodes: Inbound, class_name = 'Dense'): object => ({ name, class_name, config: { name }, inbound_nodes })
const from = (...names: string[]): Inbound => [names.map(name => [name, 0, 0, {}])]

function functional(layers: object[], output = 'out', input = 'in'): Record<string, unknown> {
  return { class_name: 'Functional', config: { layers, input_layers: [[input, 0, 0]], output_layers: [[output, 0, 0]] } }
}

const input = layer('in', [], 'InputLayer')
const names = (topology: Record<string, unknown>): string[] => layerChain(topology, 'm').map(({ name }) => name)

test('follows a functional model from its input to its output, whatever the order of its layers', () => {
  expect(names(functional([layer('out', from('mid')), layer('mid', from('in')), input]))).toEqual(['in', 'mid', 'out'])
})

test('reads a list of one tensor without its outer brackets, as newer Keras writes it', () => {
  const layers = [input, layer('out', from('in'))]
  const config = { layers, input_layers: ['in', 0, 0], output_layers: ['out', 0, 0] }
  expect(names({ class_name: 'Functional', config })).toEqual(['in', 'out'])
})

test('reads sequential models, also with the wrapping of converted ones and the bare list of old ones', () => {
  const layers = [{ class_name: 'Dense', config: { name: 'a' } }]
  expect(names({ class_name: 'Sequential', config: { layers } })).toEqual(['a'])
  expect(names({ model_config: { class_name: 'Sequential', config: layers } })).toEqual(['a'])
})

test.each<[string, Record<string, unknown>, string]>([
  ['a branch', functional([input, layer('side', from('in')), layer('out', from('in'))]), 'm layer "side": got "Dense", expected one chain'],
  ['a layer of two inputs', functional([input, layer('a', from('in')), layer('out', from('in', 'a'))]), 'm layer "out".inbound_nodes: got'],
  [
    'a layer used twice',
    functional([input, layer('a', [...from('in'), ...from('a')]), layer('out', from('a'))]),
    'm layer "a".inbound_nodes: got [[["in",0,0,{}]],[["a",0,0,{}]]], expected one use of the layer',
  ],
  ['a cycle', functional([layer('a', from('out')), layer('out', from('a'))]), 'expected layers without a cycle'],
  ['a layer that is not there', functional([input, layer('out', from('no'))]), 'm: got "no", expected the name of a layer'],
  ['a second input', functional([input, layer('out', from('in'))], 'out', 'in2'), 'm.input_layers: got "in2", expected the first layer'],
  ['an unknown kind of model', { class_name: 'Graph', config: {} }, 'm.class_name: got "Graph", expected'],
])('refuses %s', (_, topology, message) => {
  expect(() => layerChain(topology, 'm')).toThrow(message)
})
