import { expect, it } from 'vitest'
import { ink, legendRows, type LegendItem } from './legend.ts'

const item = (label: string): LegendItem => ({ key: { kind: 'symbol', symbol: 'circle', colour: 'red' }, label })

it('fills a row before it starts the next', () => {
  const { entries, height } = legendRows(['alpha', 'beta', 'gamma', 'delta'].map(item), 160)
  expect(entries.map(({ x }) => x === 0)).toEqual([true, false, true, false])
  expect(entries[2]?.y).toBe((entries[0]?.y ?? NaN) + height / 2)
})

it('shortens an entry wider than a row and keeps its words whole beside', () => {
  const name = 'transformer.encoder.layers.3.mlp.fc1.weight'
  const [entry] = legendRows([item(name)], 160).entries
  expect(entry?.label).toMatch(/^tran.*….*ight$/)
  expect(entry?.full).toBe(name)
})

it('takes no room when empty', () => {
  expect(legendRows([], 100)).toEqual({ entries: [], height: 0 })
})

it('tells predicted from measured by an empty inside', () => {
  expect([ink('red').fill, ink('red', true).fill, ink('red', true).stroke]).toEqual(['red', 'none', 'red'])
})
