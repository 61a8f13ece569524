import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { main } from './command.ts'
import { experiments } from './experiments.ts'

afterEach(() => void vi.restoreAllMocks())

test.each([
  [['gauge'], 'experiment: got "gauge", expected one of gauge-drift, bad-scale, grokking-sweep, grokking, over-training, dead-rates'],
  [['bad-scale', 'grokking'], 'experiment: got "bad-scale grokking", expected one name'],
  [['bad-scale', '--seeds', '0'], '--seeds: got "0", expected a whole number of at least 1'],
  [['bad-scale', '--minutes', 'ten'], '--minutes: got "ten", expected a whole number of at least 1'],
])('%j ends with 2 and one line', async (argv, message) => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {})
  const place = mkdtempSync(join(tmpdir(), 'experiments-'))
  expect(await main([...argv, '--out', place])).toBe(2)
  expect(said.mock.calls).toEqual([[message]])
  expect(readdirSync(place)).toEqual([])
})

test('an unknown option ends with 2', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  expect(await main(['bad-scale', '--fast'])).toBe(2)
})

test.each(experiments.map(experiment => [experiment.name, experiment] as const))('%s: cells are told apart by what they hold, seeds count them, and quick ones are fewer', (_name, experiment) => {
  const texts = (quick: boolean, seeds: number): string[] => experiment.cells({ quick, seeds }).map(cell => JSON.stringify(cell))
  expect(new Set(texts(false, 2)).size).toBe(texts(false, 2).length)
  expect(texts(false, 2)).toHaveLength(2 * texts(false, 1).length)
  expect(texts(true, 1).length).toBeLessThanOrEqual(texts(false, 1).length)
  expect(experiment.summarise([])).toEqual({ findings: [], sections: [] })
})
