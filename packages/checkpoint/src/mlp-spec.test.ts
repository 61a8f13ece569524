import type { NetworkDescription } from '@dead-directions/registry'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type MlpLayer, mlpLayers, mlpSpec } from './mlp-spec.ts'

function network(spec: object, input: readonly number[] = [4]): NetworkDescription {
  return { input, nodes: [{ name: 'body', primitive: 'mlp', spec: { ...spec }, inputs: ['input'] }], output: 'body', likelihood: 'gaussian' }
}

const layer = fc.record({
  outputs: fc.integer({ min: 1, max: 9 }),
  activation: fc.constantFrom('identity', 'relu', 'tanh'),
  bias: fc.boolean(),
})
const layers: fc.Arbitrary<MlpLayer[]> = fc
  .array(layer, { minLength: 1, maxLength: 4 })
  .map(list => list.map((each, i) => ({ inputs: list[i - 1]?.outputs ?? 4, ...each })))

test('a specification gives back the layers that it was made of', () => {
  const property = fc.property(layers, list => {
    expect(mlpLayers(network(mlpSpec(list)))).toEqual({ name: 'body', layers: list })
  })
  fc.assert(property)
})

test('one activation is the hidden layers’, with the identity at the output; one bias is every layer’s, and none by default', () => {
  expect(mlpLayers(network({ widths: [4, 3, 2], activation: 'tanh' })).layers).toEqual([
    { inputs: 4, outputs: 3, activation: 'tanh', bias: false },
    { inputs: 3, outputs: 2, activation: 'identity', bias: false },
  ])
  expect(mlpSpec(mlpLayers(network({ widths: [4, 3, 2], activation: 'tanh', bias: true })).layers)).toEqual({
    widths: [4, 3, 2],
    activation: 'tanh',
    bias: true,
  })
})

test.each([
  [network({ widths: [4], activation: 'tanh' }), 'network.nodes.0.spec.widths: got'],
  [network({ widths: [4, 0], activation: 'tanh' }), 'network.nodes.0.spec.widths.1: got 0, expected'],
  [network({ widths: [4, 3, 2], activation: ['tanh'] }), 'network.nodes.0.spec.activation: got ["tanh"], expected one name, or 2'],
  [network({ widths: [4, 3, 2], activation: 'tanh', bias: [true] }), 'network.nodes.0.spec.bias: got [true], expected true, false, or 2 of them'],
  [network({ widths: [4, 3], activation: 'tanh' }, [5]), 'network.input: got [5], expected [4]'],
  [{ ...network({}), nodes: [{ name: 'a', primitive: 'linear', spec: {}, inputs: ['input'] }] }, 'network.nodes: got ["linear"], expected one mlp node'],
])('refuses a network that is no single mlp', (wrong, message) => {
  expect(() => mlpLayers(wrong)).toThrow(message)
})
