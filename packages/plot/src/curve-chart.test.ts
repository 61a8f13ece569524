import { expect, it } from 'vitest'
import { axis, centre, marksOf, parse, shift, words } from '../test/parsed-chart.ts'
import { curveChart } from './curve-chart.ts'
import { nodeDocument } from './node.ts'
import { textWidth } from './text-layout.ts'

const document = nodeDocument()
const x = [1e-3, 1e-2, 1e-1]
const picture = (extra: object = {}) =>
  parse(
    curveChart(
      {
        title: 'Fisher form',
        x: { label: 't', scale: 'log' },
        y: { label: 'F', scale: 'log' },
        series: [{ name: 'F', x, y: x.map(t => 4 * t * t), style: 'points' }],
        marked: { name: 'here', x: 1e-2, y: 4e-4 },
        ...extra,
      },
      { document },
    ),
  )

it('puts points where logarithmic axes say', () => {
  const root = picture()
  const [px, py] = [axis(root, 'x'), axis(root, 'y')]
  const dots = marksOf(root, 'points of F').map(centre)
  expect(dots).toHaveLength(3)
  dots.forEach(([left, top], i) => {
    expect(left).toBeCloseTo(px(i - 3), 1)
    expect(top).toBeCloseTo(py(Math.log10(4) + 2 * (i - 3)), 1)
  })
})

it('lays the marked point on the value it was given, with its name', () => {
  const root = picture()
  const mark = marksOf(root, 'marked point').find(({ localName }) => localName === 'circle')
  const [, second] = marksOf(root, 'points of F').map(centre)
  expect([Number(mark?.getAttribute('cx')), Number(mark?.getAttribute('cy'))].map(Math.round)).toEqual(second?.map(Math.round))
  expect(words(root)).toContain('here')
})

it.each([280, 320, 480, 640])('keeps the labels of logarithmic ticks apart and inside, at %i pixels', width => {
  const t = Array.from({ length: 40 }, (_, i) => 10 ** (-4 + i / 10.5))
  const root = parse(curveChart({ title: 'Fisher decay', x: { label: 'θ', scale: 'log', domain: [1e-4, 0.8] }, y: { label: 'F', scale: 'log' }, series: [{ name: 'F', x: t, y: t.map(s => s ** 6) }] }, { document, width }))
  const spans = Array.from(root.querySelectorAll('g[aria-label="x-axis tick label"] text'), label => {
    const half = textWidth(label.textContent ?? '', 13) / 2
    return [shift(label)[0] - half, shift(label)[0] + half] as const
  })
  expect(spans.length).toBeGreaterThan(1)
  spans.forEach(([left, right], i) => {
    expect(left).toBeGreaterThan(spans[i - 1]?.[1] ?? 0)
    expect(right).toBeLessThanOrEqual(width)
  })
})

it('leaves out what lies outside a given domain', () => {
  expect(marksOf(picture({ y: { label: 'F', scale: 'log', domain: [1e-5, 1] } }), 'points of F')).toHaveLength(2)
})

it('draws the same picture again, byte for byte', () => {
  const draw = () => curveChart({ title: 'K', x: { label: 'a', domain: [0, 1] }, y: { label: 'b', domain: [0, 1] }, series: [{ name: 'K', x: [0, 2], y: [0, 2], style: 'shaded below' }] }, { document })
  expect(draw()).toBe(draw())
})

it('shades everything above a curve up to the frame', () => {
  const root = parse(curveChart({ title: 'N', x: { label: 'a' }, y: { label: 'b', domain: [0, 4] }, series: [{ name: 'N', x: [0, 2], y: [2, 0], style: 'shaded above' }] }, { document }))
  const area = marksOf(root, 'above N')[0]?.getAttribute('d') ?? ''
  const heights = area.split(/[MLZ]/).filter(Boolean).map(pair => Number(pair.split(',')[1]))
  expect(Math.min(...heights)).toBeCloseTo(axis(root, 'y')(4), 1)
  expect(Math.max(...heights)).toBeCloseTo(axis(root, 'y')(0), 1)
})

it('counts points that an axis cannot show, and says when none is left', () => {
  expect(words(picture({ series: [{ name: 'F', x: [0, 1, 2], y: [1, -1, 2] }] }))).toContain('F: 2 of 3 points not drawn.')
  expect(words(parse(curveChart({ title: 'nothing', x: { label: 'a' }, y: { label: 'b' }, series: [] }, { document }))).join(' ')).toContain('Nothing to draw')
})

it('names the column that is too short', () => {
  expect(() => picture({ series: [{ name: 'F', x: [1], y: [] }] })).toThrow(new RangeError('series[0].y: got 0 numbers, expected 1, as many as t has'))
})
