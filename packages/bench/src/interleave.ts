import { spreadOf } from './statistics.ts'
import type { Spread } from './statistics.ts'

export interface InterleaveOptions {
  /** how often each candidate is timed */
  readonly rounds: number
  /** the candidate the others are compared with; the first when left out */
  readonly reference?: string
  /** a candidate is repeated within a round until this many milliseconds are filled */
  readonly leastMilliseconds?: number
  /** milliseconds from any origin */
  readonly clock?: () => number
}

export interface Timing {
  readonly candidate: string
  /** median time of one call */
  readonly milliseconds: number
  /** how many times as fast as the reference: the reference's time over the candidate's within each round */
  readonly ratio: Spread
}

/**
 * Times the candidates in turn, round after round, so that whatever else the machine does falls on all of them, and
 * compares them within each round. The first candidate of a round changes from round to round.
 *
 * @throws RangeError when there is no candidate, no such reference, or no round.
 * @example
 * import { interleave } from '@dead-directions/bench'
 *
 * const [loop] = interleave({ loop: () => { for (let i = 0; i < 9; i++); }, sort: () => void [2, 1].sort() }, { rounds: 3 })
 * loop?.ratio.median // 1: it is the reference
 */
export function interleave(candidates: Readonly<Record<string, () => void>>, options: InterleaveOptions): Timing[] {
  const names = Object.keys(candidates)
  const { rounds, reference = names[0] ?? '', leastMilliseconds = 50, clock = () => performance.now() } = options
  const known = names.join(', ') || 'no candidates'
  if (!names.includes(reference))
    throw new RangeError(`interleave: reference is "${reference}", expected one of ${known}`)
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new RangeError(`interleave: rounds is ${rounds}, expected a whole number of at least 1`)
  const calls = names.map(name => callsToFill(candidates[name]!, leastMilliseconds, clock))
  const times = names.map((): number[] => [])
  for (let round = 0; round < rounds; round++)
    for (let turn = 0; turn < names.length; turn++) {
      const i = (round + turn) % names.length
      times[i]!.push(timeCalls(candidates[names[i]!]!, calls[i]!, clock))
    }
  const base = times[names.indexOf(reference)]!
  return names.map((candidate, i) => ({
    candidate,
    milliseconds: spreadOf(times[i]!).median,
    ratio: spreadOf(times[i]!.map((time, round) => base[round]! / time)),
  }))
}

/** Warms a candidate up and returns how many calls take the given time. */
function callsToFill(candidate: () => void, milliseconds: number, clock: () => number): number {
  for (let calls = 1; ; calls *= 2) if (timeCalls(candidate, calls, clock) * calls >= milliseconds) return calls
}

function timeCalls(candidate: () => void, calls: number, clock: () => number): number {
  const start = clock()
  for (let i = 0; i < calls; i++) candidate()
  return (clock() - start) / calls
}
