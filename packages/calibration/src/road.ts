import type { Backend } from '@dead-directions/registry'
import type { KnownAnswer } from './model.ts'

/** The roads to λ, cheapest first. */
export const roadNames = ['rule', 'polyhedron', 'readout', 'volume', 'llc'] as const
export type RoadName = (typeof roadNames)[number]

/** What a road may use on its way. */
export interface RoadContext {
  readonly seed: number
  /** Shorter chains, with larger errors. */
  readonly quick: boolean
  /** An installed float64 backend, for the roads that run networks. */
  readonly backend: Backend | undefined
  readonly signal: AbortSignal | undefined
  /** Called with the share of the way done, from 0 to 1. */
  readonly onProgress: (share: number) => void
}

/** What a road says of a model, or why it says nothing. */
export type RoadOutcome =
  | {
      readonly kind: 'reading'
      readonly lambda: number
      /** Zero where the road is exact. */
      readonly standardError: number
      /** Null where the road does not tell. */
      readonly multiplicity: number | null
      /** Largest error that the road claims for this model. */
      readonly bar: number
      /** Forward passes through the network, or points at which K was evaluated; zero for algebra. */
      readonly passes: number
    }
  | { readonly kind: 'refused'; readonly reason: string; readonly passes: number }

/** One way to λ. */
export type Road = (model: KnownAnswer, context: RoadContext) => Promise<RoadOutcome>

/** Errors of algebra in float64, and what a statistical road may err by, in standard errors. */
export const ROUNDING = 1e-9
export const STANDARD_ERRORS = 3

export function refused(reason: string, passes = 0): RoadOutcome {
  return { kind: 'refused', reason, passes }
}
