import { describe, expect, it } from 'vitest'
import { interleave } from './interleave.ts'

/** A clock that candidates move on by hand, at a pace that changes with every reading. */
function handClock(pace: (time: number) => number = () => 1) {
  let time = 0
  return {
    clock: () => time,
    spend: (milliseconds: number) => () => {
      time += milliseconds * pace(time)
    },
  }
}

describe('interleave', () => {
  it('reads exact ratios off candidates of known cost', () => {
    const { clock, spend } = handClock()
    const timings = interleave({ slow: spend(12), fast: spend(3) }, { rounds: 5, clock })
    expect(timings).toEqual([
      { candidate: 'slow', milliseconds: 12, ratio: { low: 1, median: 1, high: 1 } },
      { candidate: 'fast', milliseconds: 3, ratio: { low: 4, median: 4, high: 4 } },
    ])
  })

  it('compares with the reference that is named', () => {
    const { clock, spend } = handClock()
    const timings = interleave({ slow: spend(12), fast: spend(3) }, { rounds: 2, reference: 'fast', clock })
    expect(timings[0]!.ratio.median).toBe(0.25)
  })

  it('keeps the ratio on a machine that slows down tenfold on the way', () => {
    const { clock, spend } = handClock(time => (time < 10_000 ? 1 : 10))
    const timings = interleave({ slow: spend(100), fast: spend(50) }, { rounds: 201, clock })
    expect(timings[0]!.milliseconds).toBe(1000)
    expect(timings[1]!.ratio).toEqual({ low: 2, median: 2, high: 2 })
  })

  it('starts each round with the next candidate and repeats short ones until the time is filled', () => {
    const { clock, spend } = handClock()
    const order: string[] = []
    const candidate = (name: string, milliseconds: number) => () => {
      order.push(name)
      spend(milliseconds)()
    }
    const options = { rounds: 2, leastMilliseconds: 4, clock }
    interleave({ a: candidate('a', 4), b: candidate('b', 1) }, options)
    expect(order.join('')).toBe('a' + 'bbbbbbb' + 'abbbb' + 'bbbba')
  })

  it('refuses a reference that is not there and rounds below one', () => {
    expect(() => interleave({ a: () => {} }, { rounds: 1, reference: 'b' })).toThrow(
      'interleave: reference is "b", expected one of a',
    )
    expect(() => interleave({}, { rounds: 1 })).toThrow('expected one of no candidates')
    expect(() => interleave({ a: () => {} }, { rounds: 0 })).toThrow('interleave: rounds is 0')
  })
})
