import type { Composition, Power, RateRule } from '@dead-directions/registry'
import type { Network, NetworkNode } from './network.ts'

/** What the rules say of one dead amplitude. */
export type Prediction =
  | { readonly kind: 'power'; readonly rate: number; readonly coefficient: number | null; readonly gated: boolean }
  /** Tied leading terms cancel: the rate is above this, by how much the rules do not say. */
  | { readonly kind: 'cancelled'; readonly above: number }
  /** Nothing passes. */
  | { readonly kind: 'blocked' }

/** The dead channel at one node. */
export interface NodePrediction {
  readonly node: string
  /** Power of `t` in the dead output behind the node, for a unit dead input of the network. */
  readonly forward: Prediction
  /** Power of `t` in the gradient at the node's dead output, for a unit gradient at the network's. Its second moment has twice the rate. */
  readonly backward: Prediction
}

const unit: Prediction = { kind: 'power', rate: 0, coefficient: 1, gated: false }
const blocked: Prediction = { kind: 'blocked' }

/**
 * The dead channel's rates at every node of a network on its canonical approach, from its primitives' rules alone.
 *
 * Along a path rates add; where paths meet the least wins, so that on a graph of weights (edge 1) and skips (edge 0) the
 * backward rate is the shortest path to the output. Source: arXiv 2606.05957, rows C2, C7 and C8.
 *
 * @returns one prediction per node, in their order
 * @example
 * import { loadCheckpoint } from '@dead-directions/dead-directions'
 * import { predictRates } from '@dead-directions/network'
 *
 * const { network } = await loadCheckpoint('runs/student')
 * const [first] = predictRates(network)
 * // first.backward.rate is half the rate of the first node's dead gradient moment
 */
export function predictRates(network: Network): readonly NodePrediction[] {
  const forward = new Map<string, Prediction>([['input', unit]])
  for (const node of network.nodes) {
    const rule = node.architecture.rate(node.spec)
    forward.set(node.name, forwardThrough(rule, inputsOf(node, forward)))
  }
  const backward = new Map<string, Prediction>()
  for (const node of network.nodes.toReversed()) {
    const own = node.name === network.description.output ? [unit] : []
    const above = network.nodes.flatMap(reader =>
      reader.inputs.flatMap((from, i) => (from === node.name ? [backwardThrough(reader, i, backward.get(reader.name) as Prediction, inputsOf(reader, forward))] : [])),
    )
    backward.set(node.name, [...own, ...above].reduce(sum, blocked))
  }
  return network.nodes.map(({ name }) => ({ node: name, forward: forward.get(name) as Prediction, backward: backward.get(name) as Prediction }))
}

function inputsOf(node: NetworkNode, forward: ReadonlyMap<string, Prediction>): readonly Prediction[] {
  return node.inputs.map(from => forward.get(from) as Prediction)
}

function forwardThrough(rule: RateRule, inputs: readonly Prediction[]): Prediction {
  const [input] = inputs as [Prediction]
  const { composition } = rule
  switch (composition.kind) {
    case 'additive':
    case 'routes':
      return times(input, rule.forward)
    case 'gated':
      return gate(times(input, rule.forward))
    case 'sum':
      return inputs.map((from, i) => times(from, { rate: 0, coefficient: composition.scales?.[i] ?? 1 })).reduce(sum, blocked)
    case 'quadratic':
      return times(product(input, input), rule.forward)
    case 'capped':
      return sum(times(input, rule.backward), power(composition.offset))
    case 'reset':
      return power({ rate: 0, coefficient: null })
    case 'blocked':
      return blocked
  }
}

function backwardThrough(reader: NetworkNode, input: number, above: Prediction, inputs: readonly Prediction[]): Prediction {
  const rule = reader.architecture.rate(reader.spec)
  const composition: Composition = rule.composition
  const dead = inputs[input] as Prediction
  switch (composition.kind) {
    case 'additive':
      return times(above, rule.backward)
    case 'capped':
      return sum(times(above, rule.backward), composition.floor === undefined ? blocked : power(composition.floor))
    case 'gated':
      return gate(times(above, rule.backward))
    case 'sum':
      return times(above, { rate: 0, coefficient: composition.scales?.[input] ?? 1 })
    case 'quadratic':
      return times(product(above, times(dead, rule.forward)), { rate: 0, coefficient: 2 })
    case 'routes':
      return sum(times(above, rule.backward), times(dead, composition.throughInput))
    case 'reset':
      return power({ rate: 0, coefficient: null })
    case 'blocked':
      return blocked
  }
}

function power({ rate, coefficient }: Power): Prediction {
  return { kind: 'power', rate, coefficient, gated: false }
}

function gate(prediction: Prediction): Prediction {
  return prediction.kind === 'power' ? { ...prediction, gated: true } : prediction
}

function times(prediction: Prediction, factor: Power): Prediction {
  return product(prediction, power(factor))
}

function product(a: Prediction, b: Prediction): Prediction {
  if (a.kind === 'blocked' || b.kind === 'blocked') return blocked
  if (a.kind === 'cancelled' || b.kind === 'cancelled') return { kind: 'cancelled', above: least(a) + least(b) }
  const coefficient = a.coefficient === null || b.coefficient === null ? null : a.coefficient * b.coefficient
  if (coefficient === 0) return blocked
  return { kind: 'power', rate: a.rate + b.rate, coefficient, gated: a.gated || b.gated }
}

function sum(a: Prediction, b: Prediction): Prediction {
  if (a.kind === 'blocked') return b
  if (b.kind === 'blocked') return a
  if (least(a) !== least(b)) return least(a) < least(b) ? a : b
  if (a.kind === 'cancelled' || b.kind === 'cancelled') return { kind: 'cancelled', above: least(a) }
  const coefficient = a.coefficient === null || b.coefficient === null ? null : a.coefficient + b.coefficient
  return coefficient === 0 ? { kind: 'cancelled', above: a.rate } : { kind: 'power', rate: a.rate, coefficient, gated: a.gated || b.gated }
}

function least(prediction: Exclude<Prediction, { kind: 'blocked' }>): number {
  return prediction.kind === 'power' ? prediction.rate : prediction.above
}
