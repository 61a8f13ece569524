import type { Backend } from '@dead-directions/registry'
import { knownAnswers } from './library.ts'
import type { Exact, KnownAnswer } from './model.ts'
import { type Road, type RoadContext, type RoadName, roadNames, type RoadOutcome } from './road.ts'
import { llcRoad } from './roads/llc-road.ts'
import { polyhedronRoad } from './roads/polyhedron-road.ts'
import { readoutRoad } from './roads/readout-road.ts'
import { ruleRoad } from './roads/rule-road.ts'
import { volumeRoad } from './roads/volume-road.ts'

const roads = { rule: ruleRoad, polyhedron: polyhedronRoad, readout: readoutRoad, volume: volumeRoad, llc: llcRoad } satisfies Record<RoadName, Road>

/** What is calibrated and how. */
export interface CalibrateOptions {
  /** All built-in models where not given. */
  readonly models?: readonly KnownAnswer[]
  /** All roads where not given. */
  readonly roads?: readonly RoadName[]
  readonly seed: number
  /** Shorter chains, with larger errors. Default false. */
  readonly quick?: boolean
  /** An installed float64 backend; without it the roads that run networks refuse. */
  readonly backend?: Backend
  readonly signal?: AbortSignal
  /** Called as the work goes on: `done` of `total` models times roads, and which is under way. */
  readonly onProgress?: (done: number, total: number, step: string) => void
}

/** What one road said of one model. */
export interface CalibrationRow {
  readonly model: string
  readonly road: RoadName
  /** Null where the road refused. */
  readonly lambda: number | null
  readonly standardError: number | null
  /** Null where the road refused or does not tell. */
  readonly multiplicity: number | null
  readonly exact: Exact
  /** `lambda - exact.lambda`, null where the road refused. */
  readonly error: number | null
  /** Largest error that the road claims, null where it refused. */
  readonly bar: number | null
  /** Whether the error is within the bar and the multiplicity, where told, is right; true where nothing was claimed. */
  readonly withinBar: boolean
  /** Why the road says nothing. */
  readonly refused?: string
  readonly seconds: number
  /** Forward passes through the network, or points at which K was evaluated; zero for algebra. */
  readonly passes: number
}

/**
 * Every road to λ on every model whose λ is known: one row each, refusals with their reason among them.
 *
 * The same seed gives the same rows but for their times, on one backend.
 *
 * @throws RangeError when the seed is not a whole number; the signal's reason when it is aborted
 * @see arXiv 2606.05957, rows B1–B8, F and F4.
 * @example
 * import { calibrate, chosenModels } from '@dead-directions/calibration'
 *
 * const rows = await calibrate({ models: chosenModels(['polynomial']), roads: ['rule', 'polyhedron'], seed: 1 })
 * rows.every(({ withinBar }) => withinBar) // true
 */
export async function calibrate(options: CalibrateOptions): Promise<readonly CalibrationRow[]> {
  const { models = knownAnswers(), roads: asked = roadNames, seed, quick = false, backend, signal, onProgress } = options
  if (!Number.isSafeInteger(seed) || seed < 0) throw new RangeError(`seed: got ${String(seed)}, expected a whole number of at least 0`)
  const total = models.length * asked.length
  const rows: CalibrationRow[] = []
  for (const model of models) {
    for (const road of asked) {
      const step = `${model.name} by ${road}`
      const context: RoadContext = { seed, quick, backend, signal, onProgress: share => onProgress?.(rows.length + share, total, step) }
      signal?.throwIfAborted()
      context.onProgress(0)
      const start = performance.now()
      const outcome = await roads[road](model, context)
      rows.push(rowOf(model, road, outcome, (performance.now() - start) / 1000))
    }
  }
  onProgress?.(total, total, 'done')
  return rows
}

function rowOf({ name, exact }: KnownAnswer, road: RoadName, outcome: RoadOutcome, seconds: number): CalibrationRow {
  const base = { model: name, road, exact, seconds, passes: outcome.passes }
  if (outcome.kind === 'refused') {
    return { ...base, lambda: null, standardError: null, multiplicity: null, error: null, bar: null, withinBar: true, refused: outcome.reason }
  }
  const { lambda, standardError, multiplicity, bar } = outcome
  const error = lambda - exact.lambda
  return { ...base, lambda, standardError, multiplicity, error, bar, withinBar: Math.abs(error) <= bar && (multiplicity ?? exact.multiplicity) === exact.multiplicity }
}
