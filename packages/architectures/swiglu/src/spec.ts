import { type Type, type } from 'arktype'
import type { GateName } from './gate.ts'

/** Configuration of a gated feed-forward block `W_down (φ(W_gate x) ⊙ W_up x)`. */
export interface SwigluSpec {
  readonly width: number
  readonly hidden: number
  /** The gate `φ`. Default `silu`. */
  readonly activation?: GateName
}

/** Schema of {@link SwigluSpec}. */
export const swigluSpec: Type<SwigluSpec> = type({
  '+': 'reject',
  width: 'number.integer >= 1',
  hidden: 'number.integer >= 1',
  'activation?': "'silu' | 'gelu' | 'relu'",
}) as unknown as Type<SwigluSpec>
