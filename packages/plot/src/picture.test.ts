import { describe, expect, it } from 'vitest'
import { parse } from '../test/parsed-chart.ts'
import { ladderChart } from './ladder-chart.ts'
import { localSlopeChart } from './local-slope-chart.ts'
import { nodeDocument } from './node.ts'
import type { ChartOptions } from './picture.ts'
import { rateChart } from './rate-chart.ts'
import { spectrumChart } from './spectrum-chart.ts'

const hostile = `<script>alert("1")</script> & 'x' ]]> \u0000${'long'.repeat(40)}`
const t = [1e-3, 1e-2, 0, NaN]
const fit = { rate: NaN, standardError: NaN, coefficient: 0, window: [1e-3, 1e-2] } as const
const rough: Record<string, (title: string, options: ChartOptions) => string> = {
  rateChart: (title, options) =>
    rateChart({ title, xLabel: hostile, yLabel: hostile, series: [{ name: hostile, t, values: [1, Infinity, 0, 3], fit, floor: NaN }] }, options),
  localSlopeChart: (title, options) => localSlopeChart({ title, series: [{ name: hostile, t, slopes: [2, NaN, 1, 1], predicted: NaN }] }, options),
  spectrumChart: (title, options) =>
    spectrumChart({ title, layers: [{ name: hostile, values: [1, 0, NaN], marked: [{ index: 0, label: hostile }], floor: Infinity }] }, options),
  ladderChart: (title, options) =>
    ladderChart({ title, layers: [{ name: hostile, activationRate: { value: 1, standardError: NaN }, predictedGradient: NaN }], total: NaN }, options),
}
const document = nodeDocument()

describe.each(Object.entries(rough))('%s', (_, chart) => {
  const svg = chart(hostile, { document })

  it('has no attribute that is not a number, from whatever input', () => {
    for (const element of [parse(svg), ...Array.from(parse(svg).querySelectorAll('*'))])
      for (const { name, value } of Array.from(element.attributes))
        if (!name.startsWith('aria-')) expect(`${element.localName} ${name}="${value}"`).not.toMatch(/NaN|Infinity|undefined/)
  })

  it('gives the same bytes for the same input', () => {
    expect(chart(hostile, { document: nodeDocument() })).toBe(svg)
  })

  it('keeps names as text', () => {
    expect(parse(svg).querySelectorAll('script')).toHaveLength(0)
    expect(parse(svg).querySelector('title')?.textContent).toBe(hostile.replace('\u0000', '\ufffd'))
    expect(svg).not.toContain('\u0000')
  })

  it('has a title and a description the picture refers to', () => {
    const root = parse(svg)
    const id = root.getAttribute('id') ?? ''
    expect(root.getAttribute('role')).toBe('img')
    expect(root.querySelector(`title[id="${root.getAttribute('aria-labelledby')}"]`)?.parentElement).toBe(root)
    expect(root.querySelector(`desc[id="${root.getAttribute('aria-describedby')}"]`)?.textContent).not.toBe('')
    const ids = Array.from(root.querySelectorAll('[id]'), element => element.getAttribute('id') ?? '')
    expect(ids.every(one => one.startsWith(id))).toBe(true)
  })

  it('shares no identifier with a chart of another title', () => {
    const ids = (text: string) => Array.from(text.matchAll(/ id="([^"]+)"/g), match => match[1])
    const both = [...ids(svg), ...ids(chart('Another', { document }))]
    expect(new Set(both).size).toBe(both.length)
  })

  it('refers to nothing outside itself', () => {
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/https?:|@import|url\(|href/)
  })

  it('takes the width and identifier it is given', () => {
    const root = parse(chart('Wide', { document, width: 800, id: 'mine' }))
    expect(root.getAttribute('viewBox')).toMatch(/^0 0 800 /)
    expect(root.getAttribute('id')).toBe('mine')
  })

  it('says what is wrong with its options', () => {
    expect(() => chart('x', {})).toThrow(/^document: got none, expected a DOM Document/)
    expect(() => chart('x', { document, width: NaN })).toThrow(new RangeError('width: got NaN, expected 240 to 4000 pixels'))
    expect(() => chart('x', { document, id: '1"' })).toThrow(/^id: got "1\\"", expected a letter/)
  })
})
