import { expect, it } from 'vitest'
import { axis, centre, marksOf, parse, words } from '../test/parsed-chart.ts'
import { localSlopeChart } from './local-slope-chart.ts'
import { nodeDocument } from './node.ts'

const document = nodeDocument()
const slopes = [-1, 0, 2.5]
const root = parse(localSlopeChart({ series: [{ name: 'F', t: [1e-3, 1e-2, 1e-1], slopes, predicted: 2 }] }, { document }))

it('puts slopes, zero and negative ones too, where the axes say', () => {
  const [x, y] = [axis(root, 'x'), axis(root, 'y')]
  const dots = marksOf(root, 'local slopes of F').map(centre)
  expect(dots).toHaveLength(3)
  dots.forEach(([px, py], i) => {
    expect(px).toBeCloseTo(x(i - 3), 1)
    expect(py).toBeCloseTo(y(slopes[i] ?? NaN), 1)
  })
})

it('joins the slopes in the order of t', () => {
  const svg = localSlopeChart({ series: [{ name: 'F', t: [1e-1, 1e-3, 1e-2], slopes }] }, { document })
  const pixels = (marksOf(parse(svg), 'local slope of F')[0]?.getAttribute('d') ?? '').split(/[ML]/).filter(Boolean).map(pair => Number(pair.split(',')[0]))
  expect(pixels).toHaveLength(3)
  expect(pixels).toEqual([...pixels].sort((a, b) => a - b))
})

it('rules the predicted rate across the frame', () => {
  const [rule] = marksOf(root, 'predicted for F')
  expect(Number(rule?.getAttribute('y1'))).toBeCloseTo(axis(root, 'y')(2), 1)
  expect(words(root)).toContain('predicted 2')
})

it('leaves out what has no place and counts it', () => {
  const gaps = parse(localSlopeChart({ series: [{ name: 'F', t: [0, -1, 1, 2], slopes: [1, 1, NaN, 2] }] }, { document }))
  expect(marksOf(gaps, 'local slopes of F')).toHaveLength(1)
  expect(words(gaps)).toContain('F: 3 of 4 values not drawn (1 zero, 1 negative, 1 not finite).')
})

it('says so when nothing can be drawn', () => {
  expect(words(parse(localSlopeChart({ series: [] }, { document }))).join(' ')).toContain('Nothing to draw')
})

it('names the column that is too short', () => {
  expect(() => localSlopeChart({ series: [{ name: 'F', t: [1], slopes: [] }] }, { document })).toThrow(
    new RangeError('series[0].slopes: got 0 numbers, expected 1, as many as t has'),
  )
})
