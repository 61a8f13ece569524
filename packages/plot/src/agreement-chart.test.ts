import { expect, it } from 'vitest'
import { axis, centre, marksOf, parse, words } from '../test/parsed-chart.ts'
import { agreementChart } from './agreement-chart.ts'
import { nodeDocument } from './node.ts'

const document = nodeDocument()
const points = [
  { predicted: 0, measured: 0.4 },
  { predicted: 3, measured: 3 },
  { predicted: 9, measured: 8, standardError: 0.5 },
]
const root = parse(agreementChart({ title: 'Rates', quantity: 'rate', series: [{ name: 'forward', points }] }, { document }))

it('puts every point where the axes say, on one scale both ways', () => {
  const [x, y] = [axis(root, 'x'), axis(root, 'y')]
  const dots = marksOf(root, 'forward').map(centre)
  expect(dots).toHaveLength(3)
  points.forEach(({ predicted, measured }, i) => {
    expect(dots[i]?.[0]).toBeCloseTo(x(predicted), 1)
    expect(dots[i]?.[1]).toBeCloseTo(y(measured), 1)
  })
})

it('says how far the furthest point lies from the diagonal', () => {
  expect(root.textContent).toContain('3 points, the furthest 1 from the diagonal')
})

it('counts what is not finite and says when nothing is left', () => {
  const gaps = agreementChart({ title: 'Rates', quantity: 'rate', series: [{ name: 'a', points: [...points, { predicted: NaN, measured: 1 }] }] }, { document })
  expect(words(parse(gaps))).toContain('1 of 4 points not drawn (not finite).')
  expect(words(parse(agreementChart({ title: 'Rates', quantity: 'rate', series: [] }, { document }))).join(' ')).toContain('Nothing to draw')
})

it('draws the same bytes again', () => {
  const draw = (): string => agreementChart({ title: 'Rates', quantity: 'rate', series: [{ name: 'forward', points }] }, { document })
  expect(draw()).toBe(draw())
})
