import { exactData, exactTensor } from '@dead-directions/autodiff'
import { linear } from '@dead-directions/arch-linear'
import { nodeBackend } from '@dead-directions/backend-node'
import { fitLeadingRate, geometricGrid } from '@dead-directions/core-geometry'
import { cotangents, nodePass } from '@dead-directions/kfac'
import { buildNetwork, canonicalApproach, type Network, parameterTensors } from '@dead-directions/network'
import { createRegistry, type NetworkDescription, type NodeDescription } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import fc from 'fast-check'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { probes } from './probes.ts'
import { residual } from './residual.ts'
import type { ResidualSpec } from './spec.ts'

const width = 2
let tensorsBefore = 0

beforeAll(() => nodeBackend.install())
beforeEach(() => void (tensorsBefore = tf.memory().numTensors))
afterEach(() => expect(tf.memory().numTensors).toBe(tensorsBefore))

/** Shortest paths with weights of length 1 and skips of length 0, relaxed until nothing changes (Bellman 1958): from the input, and to the output. */
function bellman({ nodes, output }: NetworkDescription): { fromInput: Map<string, number>; toOutput: Map<string, number> } {
  const edges = nodes.flatMap(node => node.inputs.map(from => ({ from, to: node.name, length: node.primitive === 'linear' ? 1 : 0 })))
  const fromInput = new Map([['input', 0]])
  const toOutput = new Map([[output, 0]])
  const relax = (distance: Map<string, number>, at: string, candidate: number): boolean => {
    if (candidate >= (distance.get(at) ?? Infinity)) return false
    distance.set(at, candidate)
    return true
  }
  for (let changed = true; changed; ) {
    changed = false
    for (const { from, to, length } of edges) {
      changed = relax(fromInput, to, (fromInput.get(from) ?? Infinity) + length) || changed
      changed = relax(toOutput, from, (toOutput.get(to) ?? Infinity) + length) || changed
    }
  }
  return { fromInput, toOutput }
}

/** Every path from one node to another, as the product of its scales and its number of weights. */
function paths({ nodes }: NetworkDescription, from: string, to: string): readonly { scale: number; weights: number }[] {
  if (from === to) return [{ scale: 1, weights: 0 }]
  const node = nodes.find(({ name }) => name === to)
  if (node === undefined) return []
  const scales = (node.spec as unknown as ResidualSpec).scales
  return node.inputs.flatMap((input, i) =>
    paths({ nodes } as NetworkDescription, from, input).map(({ scale, weights }) => ({
      scale: scale * (scales?.[i] ?? 1),
      weights: weights + (node.primitive === 'linear' ? 1 : 0),
    })),
  )
}

const polynomial = (terms: readonly { scale: number; weights: number }[], t: number): number => terms.reduce((sum, { scale, weights }) => sum + scale * t ** weights, 0)

/** The dead channel at every node for the input 1 in it, and the gradient there for the gradient 1 at the output's. */
async function deadChannel(network: Network, t: number): Promise<readonly { value: number; gradient: number }[]> {
  const tensors = parameterTensors(canonicalApproach(network, t))
  const inputs = exactTensor([0.5, 1], [1, width])
  const lastOutput = cotangents('gaussian', { kind: 'exact' }, width).at(-1) as ReturnType<typeof cotangents>[number]
  const seen = nodePass(network, tensors, inputs, lastOutput)
  const read = async (tensor: tf.Tensor): Promise<number> => (await exactData(tensor)).at(residual.deadChannel({ inputs: 2 })) as number
  const result = await Promise.all(seen.map(async ({ value, gradient }) => ({ value: await read(value), gradient: await read(gradient) })))
  tf.dispose([inputs, ...Object.values(tensors), ...seen.flatMap(({ value, gradient }) => [value, gradient])])
  return result
}

const build = (description: NetworkDescription): Network => buildNetwork(description, createRegistry().use(linear, residual))
const [allResidual, ladder, oneSkip, tie, cancelled] = probes(width).map(({ network }) => network) as [NetworkDescription, NetworkDescription, NetworkDescription, NetworkDescription, NetworkDescription]

/** Fitted rates of the dead output's amplitude and of the gradient's second moment, by node, with their coefficients. */
async function measured(description: NetworkDescription): Promise<Record<string, { forward: number; backward: number; coefficient: number }>> {
  const network = build(description)
  const grid = geometricGrid(1e-6, 1e-3, 10)
  const readings: (readonly { value: number; gradient: number }[])[] = []
  for (const t of grid) readings.push(await deadChannel(network, t))
  return Object.fromEntries(
    network.nodes.map(({ name }, i) => {
      const forward = fitLeadingRate(grid, readings.map(reading => Math.abs(reading[i]?.value as number)))
      const backward = fitLeadingRate(grid, readings.map(reading => (reading[i]?.gradient as number) ** 2))
      if (forward.kind === 'refused' || backward.kind === 'refused') throw new Error(`${name}: no rate`)
      return [name, { forward: forward.rate, backward: backward.rate, coefficient: backward.coefficient }]
    }),
  )
}

describe('C8: measured rates are shortest paths', () => {
  test.each([
    ['every block residual', allResidual],
    ['no skip', ladder],
    ['one skip', oneSkip],
    ['a tie', tie],
  ])('forward amplitude and backward second moment at every node: %s', async (_, description) => {
    const { fromInput, toOutput } = bellman(description)
    for (const [name, { forward, backward }] of Object.entries(await measured(description))) {
      expect(forward).toBeCloseTo(fromInput.get(name) as number, 2)
      expect(backward).toBeCloseTo(2 * (toOutput.get(name) as number), 2)
    }
  })

  test('every block residual: 0 at every depth; none: the ladder; a skip over two of five saves two', async () => {
    const stream = await measured(allResidual)
    for (let depth = 1; depth <= 5; depth++) expect([stream[`stream${depth}`]?.forward, stream[`stream${depth}`]?.backward].map(rate => Math.round(100 * (rate as number)) / 100)).toEqual([0, 0])
    const chain = await measured(ladder)
    for (let depth = 1; depth <= 5; depth++) expect([chain[`layer${depth}`]?.forward, chain[`layer${depth}`]?.backward].map(rate => Math.round(100 * (rate as number)) / 100)).toEqual([depth, 2 * (5 - depth)])
    expect((await measured(oneSkip))['layer1']?.backward).toBeCloseTo(2 * (4 - 2), 2)
  })

  test('a tie adds its coefficients, and a negative scale that cancels it makes the rate jump to the next route', async () => {
    const added = (await measured(tie))['first']
    expect(added?.backward).toBeCloseTo(4, 2)
    expect(added?.coefficient).toBeCloseTo(2 ** 2, 2)
    const left = (await measured(cancelled))['first']
    expect(left?.backward).toBeCloseTo(6, 2)
    expect(left?.coefficient).toBeCloseTo(1, 2)
  })

  test('a block is exactly 1 + t', async () => {
    for (const t of [1e-6, 0.1, 0.7]) {
      const reading = await deadChannel(build(allResidual), t)
      reading.filter((_, i) => i % 2 === 1).forEach(({ value, gradient }, block) => {
        expect(value).toBeCloseTo((1 + t) ** (block + 1), 12)
        expect(gradient).toBeCloseTo((1 + t) ** (4 - block), 12)
      })
    }
  })
})

/** A random graph of weights and scaled sums; nodes that do not reach the output are left out. */
const graphs: fc.Arbitrary<NetworkDescription> = fc
  .array(fc.record({ sum: fc.boolean(), from: fc.tuple(fc.nat(), fc.nat()), scales: fc.tuple(fc.constantFrom(1, 2, -1), fc.constantFrom(1, 0.5, -1)) }), { minLength: 3, maxLength: 9 })
  .map(steps => {
    const names = ['input']
    const nodes = steps.map(({ sum, from, scales }, i): NodeDescription => {
      const inputs = from.map(index => names[index % names.length] as string)
      const name = `node${i}`
      names.push(name)
      return sum ? { name, primitive: 'residual', spec: { inputs: 2, scales }, inputs } : { name, primitive: 'linear', spec: { in: width, out: width }, inputs: inputs.slice(0, 1) }
    })
    const output = (nodes.at(-1) as NodeDescription).name
    const reaching = nodes.reduceRight((seen, node) => (seen.has(node.name) ? new Set([...seen, ...node.inputs]) : seen), new Set([output]))
    return { input: [width], nodes: nodes.filter(({ name }) => reaching.has(name)), output, likelihood: 'gaussian' }
  })

test('C8: on any graph the dead channel is the sum over all paths of scales times t per weight, forward and backward', async () => {
  await fc.assert(
    fc.asyncProperty(graphs, fc.double({ min: 1e-3, max: 1, noNaN: true }), async (description, t) => {
      const network = build(description)
      const readings = await deadChannel(network, t)
      network.nodes.forEach(({ name }, i) => {
        const [forward, backward] = [paths(description, 'input', name), paths(description, name, description.output)]
        const size = (terms: typeof forward): number => polynomial(terms.map(({ scale, weights }) => ({ scale: Math.abs(scale), weights })), t)
        expect(Math.abs((readings[i]?.value as number) - polynomial(forward, t))).toBeLessThan(1e-13 * size(forward))
        expect(Math.abs((readings[i]?.gradient as number) - polynomial(backward, t))).toBeLessThan(1e-13 * size(backward))
        // The leading power of a sum of powers is its least, unless tied terms cancel.
        const least = Math.min(...backward.map(({ weights }) => weights))
        expect(bellman(description).toOutput.get(name)).toBe(least)
      })
    }),
    { numRuns: 40 },
  )
})

test('the rule hands its scales to the composition, where coefficients of ties are added', () => {
  expect(residual.rate({ inputs: 2 }).composition).toEqual({ kind: 'sum' })
  expect(residual.rate({ inputs: 2, scales: [1, -1] }).composition).toEqual({ kind: 'sum', scales: [1, -1] })
})
