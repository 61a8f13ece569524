import { type Type, type } from 'arktype'

/** Configuration of softmax self-attention on `[samples, positions, width]`. */
export interface AttentionSpec {
  readonly width: number
  /** Number of query heads. Default 1. */
  readonly heads?: number
  /** Number of key–value heads, each shared by `heads / keyValueHeads` neighbouring query heads. Default `heads`. */
  readonly keyValueHeads?: number
  /** Default `width / heads`. */
  readonly headWidth?: number
  /** Whether a position sees only itself and those before it. Default `false`. */
  readonly causal?: boolean
  /** Rotary positions on the pairs (2i, 2i+1) of every query and key. Default `false`; `base` 10000. */
  readonly rope?: false | { readonly base?: number }
  /** Default `false`. */
  readonly bias?: boolean
  /** Factor on the scores. Default `1/√headWidth`. */
  readonly scale?: number
}

/** Schema of {@link AttentionSpec}. */
export const attentionSpec: Type<AttentionSpec> = type({
  '+': 'reject',
  width: 'number.integer >= 1',
  'heads?': 'number.integer >= 1',
  'keyValueHeads?': 'number.integer >= 1',
  'headWidth?': 'number.integer >= 1',
  'causal?': 'boolean',
  'rope?': type('false').or({ '+': 'reject', 'base?': 'number > 1' }),
  'bias?': 'boolean',
  'scale?': 'number > 0',
}).narrow((spec, context) => {
  const { width, heads = 1, keyValueHeads = heads, headWidth = width / heads, rope } = spec
  const reject = (key: string, data: unknown, expected: string): false => context.reject({ expected, data, path: [key] })
  if (!Number.isInteger(headWidth)) return reject('heads', heads, `a divisor of the width ${width}, or a headWidth`)
  if (heads % keyValueHeads !== 0) return reject('keyValueHeads', keyValueHeads, `a divisor of the number of heads ${heads}`)
  if (rope && headWidth % 2 !== 0) return reject('rope', rope, `no rotary positions with the odd head width ${headWidth}`)
  return true
}) as unknown as Type<AttentionSpec>

/** The numbers of a configuration with their defaults filled in. */
export interface AttentionSizes {
  readonly width: number
  readonly heads: number
  readonly keyValueHeads: number
  /** Query heads that share one key–value head. */
  readonly group: number
  readonly headWidth: number
  readonly scale: number
}

/** A configuration's numbers, those not given by their defaults. */
export function attentionSizes(spec: AttentionSpec): AttentionSizes {
  const { width, heads = 1, keyValueHeads = heads, headWidth = width / heads } = spec
  return { width, heads, keyValueHeads, group: heads / keyValueHeads, headWidth, scale: spec.scale ?? 1 / Math.sqrt(headWidth) }
}
