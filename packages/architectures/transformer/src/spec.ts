import { type ActivationName, activations } from '@dead-directions/arch-mlp'
import { type Type, type } from 'arktype'
import { partsOf } from './parts.ts'

/** Configuration of a transformer block on `[samples, positions, width]`. */
export interface TransformerBlockSpec {
  readonly width: number
  /** Number of attention heads. Default 1. */
  readonly heads?: number
  /** Width inside the feed-forward part. */
  readonly hidden: number
  readonly norm: 'layernorm' | 'rmsnorm'
  /** Where the normalisations stand: before each branch, behind each sum, or before and behind each branch. */
  readonly placement: 'pre' | 'post' | 'peri'
  readonly feedforward: 'mlp' | 'swiglu'
  /** Elementwise map of the feed-forward part, zero at zero. Default `gelu` in a perceptron, `silu` in a gated one. */
  readonly activation?: Exclude<ActivationName, 'softplus' | 'sigmoid'>
  /** Whether a position sees only itself and those before it. Default `false`. */
  readonly causal?: boolean
  /** Rotary positions. Default `false`; `base` 10000. */
  readonly rope?: false | { readonly base?: number }
  /** Whether the maps of attention and perceptron have biases, and layer normalisations shifts; a gated part has none. Default `false`. */
  readonly bias?: boolean
  /** Added to the mean square in every normalisation. Default 0. */
  readonly epsilon?: number
}

const zeroAtZero = Object.values(activations).filter(({ valueAtZero }) => valueAtZero === 0)

/** Schema of {@link TransformerBlockSpec}: what every part takes. */
export const transformerBlockSpec: Type<TransformerBlockSpec> = type({
  '+': 'reject',
  width: 'number.integer >= 1',
  'heads?': 'number.integer >= 1',
  hidden: 'number.integer >= 1',
  norm: "'layernorm' | 'rmsnorm'",
  placement: "'pre' | 'post' | 'peri'",
  feedforward: "'mlp' | 'swiglu'",
  'activation?': type.enumerated(...zeroAtZero.map(({ name }) => name)),
  'causal?': 'boolean',
  'rope?': type('false').or({ '+': 'reject', 'base?': 'number > 1' }),
  'bias?': 'boolean',
  'epsilon?': 'number >= 0',
}).narrow((given, context) => {
  const spec = given as TransformerBlockSpec
  if (spec.width % (spec.heads ?? 1) !== 0) return context.reject({ expected: `a divisor of the width ${spec.width}`, path: ['heads'], data: spec.heads })
  for (const part of partsOf(spec)) {
    const found = part.architecture.spec(part.spec)
    if (!(found instanceof type.errors)) continue
    // The parts' fields that can still be wrong are named as the block's.
    const { expected, path } = found[0] as (typeof found)[number]
    return context.reject({ expected, path: [...path], data: given[path[0] as keyof typeof given] })
  }
  return true
}) as unknown as Type<TransformerBlockSpec>
