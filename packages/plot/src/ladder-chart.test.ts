import { describe, expect, it } from 'vitest'
import { axis, centre, ends, marksOf, parse, words } from '../test/parsed-chart.ts'
import { ladderChart, type LadderLayer } from './ladder-chart.ts'
import { nodeDocument } from './node.ts'

const document = nodeDocument()
const drawn = (layers: LadderLayer[], total?: number) =>
  parse(ladderChart({ title: 'Ladder', layers, ...(total === undefined ? {} : { total }) }, { document }))
const rate = (value: number, standardError = 0.03) => ({ value, standardError })
const chain = [0, 1, 2].map(l => ({
  name: `fc${l + 1}`,
  activationRate: rate(2 * l, 0.03),
  gradientRate: rate(4 - 2 * l + 0.1, 0.04),
  predictedActivation: 2 * l,
  predictedGradient: 4 - 2 * l,
}))

describe('a three-layer chain', () => {
  const root = drawn(chain, 4)
  const x = axis(root, 'x')

  it.each([
    ['measured activation rate', [0, 2, 4]],
    ['measured gradient rate', [4.1, 2.1, 0.1]],
    ['measured sum', [4.1, 4.1, 4.1]],
    ['predicted activation rate', [0, 2, 4]],
    ['predicted gradient rate', [4, 2, 0]],
  ])('has its %s where the axis says', (description, expected) => {
    const marks = marksOf(root, description).map(centre)
    expect(marks).toHaveLength(3)
    marks.forEach(([px], i) => expect(px).toBeCloseTo(x(expected[i] ?? NaN), 1))
  })

  it('lists layers downwards, each rate within its row', () => {
    const heights = marksOf(root, 'measured gradient rate').map(mark => centre(mark)[1])
    const labels = Array.from(root.querySelectorAll('g[aria-label="y-axis tick label"] text'), label => label.getAttribute('transform'))
    expect(labels.map(shift => Number(/,([^)]+)/.exec(shift ?? '')?.[1]))).toEqual(heights)
    expect(heights).toEqual([...heights].sort((a, b) => a - b))
  })

  it('bars two standard errors each way, added in quadrature for the sum', () => {
    const [left = NaN, , right = NaN] = ends(marksOf(root, 'error bars of sum')[0] as Element)
    expect(left).toBeCloseTo(x(4.1 - 2 * 0.05), 1)
    expect(right).toBeCloseTo(x(4.1 + 2 * 0.05), 1)
  })

  it('draws predictions hollow and the predicted sum as a rule', () => {
    expect(marksOf(root, 'predicted gradient rate')[0]?.parentElement?.getAttribute('fill')).toBe('none')
    expect(Number(marksOf(root, 'predicted sum')[0]?.getAttribute('x1'))).toBeCloseTo(x(4), 1)
  })
})

it('draws no sum where one of the rates is missing', () => {
  const root = drawn([{ name: 'a', activationRate: rate(1) }, { name: 'b', gradientRate: rate(2) }])
  expect(marksOf(root, 'measured sum')).toHaveLength(0)
  expect(words(root)).not.toContain('sum')
})

it('leaves out rates that are not finite and names them', () => {
  const root = drawn([{ name: 'a', activationRate: rate(NaN), gradientRate: rate(1, NaN), predictedGradient: Infinity }])
  expect(marksOf(root, 'measured activation rate')).toHaveLength(0)
  expect(marksOf(root, 'measured gradient rate')).toHaveLength(1)
  expect(words(root).join(' ').replace(/\s+/g, ' ')).toContain('Not drawn, not finite: activation rate of a, predicted gradient rate of a.')
})

it('says so when nothing can be drawn', () => {
  expect(words(drawn([])).join(' ')).toContain('Nothing to draw: no layer has a finite rate.')
})

it('shortens long layer names and keeps them whole in a tooltip', () => {
  const name = 'transformer.encoder.layers.11.self_attention.output_projection.weight'
  const root = drawn([{ name, activationRate: rate(1) }])
  const label = root.querySelector('g[aria-label="y-axis tick label"] text')
  expect(label?.querySelector('title')?.textContent).toBe(name)
  expect(label?.childNodes[0]?.textContent).toMatch(/^transf.*….*weight$/)
})
