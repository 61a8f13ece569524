import fc from 'fast-check'
import { expect, test } from 'vitest'
import { agrees, unwatched } from '../shell/reading.ts'
import { parseSkips, type Skip, skipsText, toggled } from './graph.ts'
import { compute } from './model.ts'

const allSkips = (layers: number): Skip[] => Array.from({ length: layers }, (_, from) => Array.from({ length: layers - from }, (_, d) => ({ from, to: from + d + 1 }))).flat()

/** Lengths of shortest paths to the last layer, by relaxing every edge as often as there are nodes. */
function bellman(layers: number, skips: readonly Skip[]): number[] {
  const length = Array.from({ length: layers + 1 }, (_, i) => layers - i)
  for (let round = 0; round <= layers; round++) {
    for (let i = 0; i < layers; i++) length[i] = Math.min(length[i]!, length[i + 1]! + 1)
    for (const { from, to } of skips) length[from] = Math.min(length[from]!, length[to]!)
  }
  return length
}

test('predicted and measured rates are twice the shortest path on random graphs', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 5 }).chain(layers => fc.tuple(fc.constant(layers), fc.subarray(allSkips(layers)))), async ([layers, skips]) => {
      const { lines, rates, path } = await compute({ layers, from: 1, skips: skipsText(skips) }, unwatched, [])
      const expected = bellman(layers, skips)
      expect(rates.slice(1)).toEqual(expected.slice(1))
      expect(lines.map(agrees)).toEqual(lines.map(() => true))
      const isSkip = ({ from, to }: Skip): boolean => skips.some(skip => skip.from === from && skip.to === to)
      expect(path.filter(step => !isSkip(step)).length).toBe(expected[1])
    }),
    { numRuns: 8 },
  )
})

test('a click adds a skip and another takes it away', () => {
  const skips = parseSkips('1-3, 2-4', 5)
  const more = toggled(skips, { from: 0, to: 2 })
  expect(skipsText(more)).toBe('0-2 1-3 2-4')
  expect(toggled(more, { from: 0, to: 2 })).toEqual(skips)
})

test('what is no skip is named', () => expect(() => parseSkips('1-3 4-2', 5)).toThrow('skips: got "4-2", expected two layers in rising order such as 1-3'))
