import { mlp } from '@dead-directions/arch-mlp'
import { transformerBlock } from '@dead-directions/arch-transformer'
import { identity, type Matrix, matrix, multiply, transpose } from '@dead-directions/linalg'
import { buildNetwork, initialParameters, type Network, type ParameterValues, standardNormals } from '@dead-directions/network'
import { createRegistry } from '@dead-directions/registry'
import { expect, test } from 'vitest'
import { balancing } from './balancing.ts'
import { findGauges } from './find-gauges.ts'
import { type Gauge, gaugeOf } from './gauge.ts'
import { balanceDefect } from './horizontal.ts'

function chain(widths: readonly number[], { bias = false, activation = 'identity', likelihood = 'gaussian' } = {}): Network {
  const nodes = [{ name: 'body', primitive: 'mlp', spec: { widths, activation, bias }, inputs: ['input'] }]
  return buildNetwork({ input: [widths[0] as number], nodes, output: 'body', likelihood: likelihood as 'gaussian' }, createRegistry().use(mlp))
}

function block(spec: object): Network {
  const whole = { width: 6, heads: 2, hidden: 4, norm: 'rmsnorm', placement: 'pre', feedforward: 'mlp', activation: 'relu', ...spec }
  const nodes = [{ name: 't', primitive: 'transformer-block', spec: whole, inputs: ['input'] }]
  return buildNetwork({ input: [2, 6], nodes, output: 't', likelihood: 'gaussian' }, createRegistry().use(transformerBlock))
}

/** Weights of which no part is zero or one. */
function drawn(network: Network, seed: number): ParameterValues {
  return Object.fromEntries(Object.entries(initialParameters(network, seed)).map(([name, value], i) => [name, { ...value, data: value.data.map((x, j) => x + 0.3 * Math.sin(1 + 2 * i + j)) }]))
}

const matrixOf = (parameters: ParameterValues, name: string): Matrix => {
  const { shape, data } = parameters[name]!
  return matrix(shape[0] as number, shape[1] ?? 1, data)
}
const largest = ({ data }: Matrix): number => data.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
const less = (a: Matrix, b: Matrix): Matrix => ({ ...a, data: a.data.map((x, i) => x - (b.data[i] as number)) })

test('between two maps that reach every unit it gives both one Gram matrix over the units', () => {
  const network = chain([5, 3, 4])
  const gauges = findGauges(network)
  expect(gauges.map(({ kind }) => kind)).toEqual(['general-linear'])
  const parameters = drawn(network, 1)
  const moved = gauges.reduce((values, gauge) => gauge.act(balancing(gauges, values).get(gauge)!, values), parameters)
  const product = (values: ParameterValues): Matrix => multiply(matrixOf(values, 'body.fc2.weight'), matrixOf(values, 'body.fc1.weight'))
  expect(largest(less(product(moved), product(parameters)))).toBeLessThan(1e-14)
  expect(largest(balanceDefect(matrixOf(moved, 'body.fc1.weight'), matrixOf(moved, 'body.fc2.weight')))).toBeLessThan(1e-13)
  // Balanced values stay where they are.
  const again = balancing(gauges, moved).get(gauges[0]!)!
  expect(largest(less(again.forward, identity(3)))).toBeLessThan(1e-12)
})

test.each([
  ['the widest layer behind', [2, 4, 3], 'fc2'],
  ['the widest layer before', [3, 4, 2], 'fc1'],
])('where one side cannot reach every unit, %s, the other is orthonormal times a scale, and their traces are one', (_title, widths, full) => {
  const network = chain(widths)
  // Four units between three and two: the side of three does not reach them either.
  expect(() => balancing(findGauges(network), drawn(network, 1))).toThrow(/^gauges: "general linear behind body.fc1" has 4 units of which neither .* expected full rank of one of them$/)
  const narrow = chain(widths.map(width => Math.min(width, 3)))
  const parameters = drawn(narrow, 1)
  const [gauge] = findGauges(narrow) as [Gauge]
  const moved = gauge.act(balancing([gauge], parameters).get(gauge)!, parameters)
  const [first, second] = [matrixOf(moved, 'body.fc1.weight'), matrixOf(moved, 'body.fc2.weight')]
  const [gram, other] = full === 'fc1' ? [multiply(first, transpose(first)), multiply(transpose(second), second)] : [multiply(transpose(second), second), multiply(first, transpose(first))]
  const trace = ({ rows, data }: Matrix): number => data.reduce((sum, x, at) => (at % (rows + 1) === 0 ? sum + x : sum), 0)
  expect(largest(less(gram, { ...identity(3), data: identity(3).data.map(x => (x * trace(gram)) / 3) }))).toBeLessThan(1e-13)
  expect(Math.abs(trace(other) / trace(gram) - 1)).toBeLessThan(1e-13)
})

test('a side that is still zero is orthonormalised away from', () => {
  const network = chain([3, 2, 4])
  const parameters = { ...drawn(network, 3), 'body.fc2.weight': { shape: [4, 2], data: new Float64Array(8) } }
  const [gauge] = findGauges(network) as [Gauge]
  const first = matrixOf(gauge.act(balancing([gauge], parameters).get(gauge)!, parameters), 'body.fc1.weight')
  expect(largest(less(multiply(first, transpose(first)), identity(2)))).toBeLessThan(1e-14)
})

test.each([
  ['a linear chain with biases, narrow in the middle', chain([5, 4, 2, 3, 5], { bias: true })],
  ['a linear chain below logits', chain([3, 2, 2, 4], { bias: true, likelihood: 'categorical' })],
  ['a transformer block with biases', block({ bias: true })],
  ['a rotary gated block', block({ rope: {}, heads: 3, feedforward: 'swiglu', activation: 'silu' })],
])('in %s every gauge but its own leaves it alone, and its own turns it by an orthogonal matrix', (_title, network) => {
  const gauges = findGauges(network)
  const parameters = drawn(network, 2)
  const linear = gauges.filter(({ kind }) => kind === 'general-linear')
  expect(linear.length).toBeGreaterThan(0)
  const before = balancing(gauges, parameters)
  const smooth = gauges.filter(({ kind }) => kind !== 'permutation')
  const elements = new Map(smooth.map((gauge, i) => [gauge, gauge.randomElement(50 + i)]))
  const after = balancing(gauges, smooth.reduce((values, gauge) => gauge.act(elements.get(gauge)!, values), parameters))
  for (const gauge of linear) {
    // T(gθ) g T(θ)⁻¹
    const turn = multiply(multiply(after.get(gauge)!.forward, elements.get(gauge)!.forward), transpose(before.get(gauge)!.dual))
    expect(largest(less(multiply(turn, transpose(turn)), identity(gauge.units))), gauge.label).toBeLessThan(1e-10)
    const { forward, dual } = after.get(gauge)!
    expect(largest(less(multiply(forward, transpose(dual)), identity(gauge.units)))).toBeLessThan(1e-12)
  }
})

test('gauges that read one another in a cycle are refused', () => {
  const slots = [
    { parameter: 'a', axis: 0, offset: 0, side: 'forward' },
    { parameter: 'b', axis: 1, offset: 0, side: 'dual' },
  ] as const
  const [first, second] = [slots, slots.map(slot => ({ ...slot, parameter: slot.parameter === 'a' ? 'b' : 'a' }))].map((own, i) => gaugeOf({ kind: 'general-linear', label: `g${i}`, units: 2, slots: own }))
  const square = (seed: number): ParameterValues[string] => ({ shape: [2, 2], data: standardNormals(seed, 4) })
  expect(() => balancing([first!, second!], { a: square(1), b: square(2) })).toThrow('gauges: "g0" is in a cycle of gauges, expected a chain')
})
