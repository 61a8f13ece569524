import { attention } from '@dead-directions/arch-attention'
import { layernorm } from '@dead-directions/arch-layernorm'
import { mlp } from '@dead-directions/arch-mlp'
import { rmsnorm } from '@dead-directions/arch-rmsnorm'
import { swiglu } from '@dead-directions/arch-swiglu'
import type { Architecture } from '@dead-directions/registry'
import type { TransformerBlockSpec } from './spec.ts'

/** A primitive inside the block; its name leads those of its parameters and layers. */
export interface Part {
  readonly name: string
  readonly architecture: Architecture
  readonly spec: unknown
}

/** One way round the stream `x`: `after(x + inside(x))`. */
export interface Branch {
  readonly inside: readonly Part[]
  readonly after: readonly Part[]
}

/** The attention branch and the feed-forward branch with their normalisations where the placement puts them. */
export function branchesOf(spec: TransformerBlockSpec): readonly Branch[] {
  return [attentionOf(spec), feedforwardOf(spec)].map((part, i): Branch => {
    const norm = normOf(spec, `norm${i + 1}`)
    switch (spec.placement) {
      case 'pre':
        return { inside: [norm, part], after: [] }
      case 'post':
        return { inside: [part], after: [norm] }
      case 'peri':
        return { inside: [norm, part, normOf(spec, `outputNorm${i + 1}`)], after: [] }
    }
  })
}

/** All parts in the order in which they run. */
export function partsOf(spec: TransformerBlockSpec): readonly Part[] {
  return branchesOf(spec).flatMap(({ inside, after }) => [...inside, ...after])
}

function attentionOf({ width, heads = 1, causal = false, rope = false, bias = false }: TransformerBlockSpec): Part {
  return { name: 'attention', architecture: attention, spec: { width, heads, causal, rope, bias } }
}

function feedforwardOf({ width, hidden, feedforward, activation, bias = false }: TransformerBlockSpec): Part {
  return feedforward === 'mlp'
    ? { name: 'feedforward', architecture: mlp, spec: { widths: [width, hidden, width], activation: activation ?? 'gelu', bias } }
    : { name: 'feedforward', architecture: swiglu, spec: { width, hidden, activation: activation ?? 'silu' } }
}

function normOf({ width, norm, bias = false, epsilon = 0 }: TransformerBlockSpec, name: string): Part {
  return norm === 'layernorm' ? { name, architecture: layernorm, spec: { width, epsilon, bias } } : { name, architecture: rmsnorm, spec: { width, epsilon } }
}

/** Named values of every part as those of the block: `attention.q.weight`. */
export function prefixed<value>(spec: TransformerBlockSpec, values: (part: Part) => Readonly<Record<string, value>>): Readonly<Record<string, value>> {
  return Object.fromEntries(partsOf(spec).flatMap(part => Object.entries(values(part)).map(([name, value]): [string, value] => [`${part.name}.${name}`, value])))
}

/** Of the block's named values, a part's own. */
export function ownOf<value>(part: Part, values: Readonly<Record<string, value>>): Readonly<Record<string, value>> {
  const names = Object.keys(part.architecture.parameters(part.spec))
  return Object.fromEntries(names.map(name => [name, values[`${part.name}.${name}`] as value]))
}
