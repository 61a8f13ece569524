import { describe, expect, it } from 'vitest'
import { axis, centre, ends, marksOf, parse, words } from '../test/parsed-chart.ts'
import { nodeDocument } from './node.ts'
import { rateChart, type RateSeries } from './rate-chart.ts'

const document = nodeDocument()
const t = [1e-4, 1e-3, 1e-2, 1e-1]
const fit = { rate: 2, standardError: 0.001, coefficient: 4, window: [1e-3, 1e-2] } as const
const fisher: RateSeries = { name: 'F', t, values: [4e-8, 4e-6, 4e-4, 5e-2], fit }
const draw = (...series: RateSeries[]) => rateChart({ title: 'Decay', xLabel: 't', yLabel: 'F', series }, { document })
const drawn = (...series: RateSeries[]) => parse(draw(...series))

describe('measurements', () => {
  it('lie where the tick labels of both axes say', () => {
    const root = drawn(fisher)
    const [x, y] = [axis(root, 'x'), axis(root, 'y')]
    const dots = marksOf(root, 'measurements of F').map(centre)
    expect(dots).toHaveLength(4)
    dots.forEach(([px, py], i) => {
      expect(px).toBeCloseTo(x(Math.log10(t[i] ?? NaN)), 1)
      expect(py).toBeCloseTo(y(Math.log10(fisher.values[i] ?? NaN)), 1)
    })
  })

  it('of sizes near the ends of the float64 range are drawn', () => {
    const root = drawn({ name: 'F', t: [1e-60, 1e-3], values: [4e-300, 1e300] })
    const [x, y] = [axis(root, 'x'), axis(root, 'y')]
    const [first] = marksOf(root, 'measurements of F').map(centre)
    expect(first?.[0]).toBeCloseTo(x(-60), 1)
    expect(first?.[1]).toBeCloseTo(y(Math.log10(4) - 300), 1)
  })

  it('that are zero, negative or not finite are left out and counted', () => {
    const root = drawn({ name: 'F', t: [1, 2, 3, 4, 5, -1], values: [0, -1, NaN, Infinity, 2, 1] })
    expect(marksOf(root, 'measurements of F')).toHaveLength(1)
    expect(words(root)).toContain('F: 5 of 6 values not drawn (1 zero, 2 negative, 2 not finite).')
  })
})

describe('fitted line', () => {
  it('is solid over its window on the power law and dashed to the edges', () => {
    const root = drawn(fisher)
    const [x, y] = [axis(root, 'x'), axis(root, 'y')]
    const solid = marksOf(root, 'fit of F').map(ends)
    const expected = [x(-3), y(Math.log10(4e-6)), x(-2), y(Math.log10(4e-4))]
    expect(solid).toHaveLength(1)
    solid[0]?.forEach((pixel, i) => expect(pixel).toBeCloseTo(expected[i] ?? NaN, 1))
    const dashed = marksOf(root, 'extrapolation of F')
    expect(dashed).toHaveLength(2)
    expect(dashed[0]?.parentElement?.getAttribute('stroke-dasharray')).toBeTruthy()
    expect(ends(dashed[0] as Element)[2]).toBeCloseTo(x(-3), 1)
    expect(ends(dashed[1] as Element)[0]).toBeCloseTo(x(-2), 1)
  })

  it('has its window shaded, once for series that share it', () => {
    const root = drawn(fisher, { ...fisher, name: 'G' })
    const x = axis(root, 'x')
    const [shade, ...others] = marksOf(root, 'fit window')
    expect(others).toHaveLength(0)
    expect(Number(shade?.getAttribute('x'))).toBeCloseTo(x(-3), 1)
    expect(Number(shade?.getAttribute('width'))).toBeCloseTo(x(-2) - x(-3), 1)
  })

  it('carries its slope and standard error near it', () => {
    const labels = marksOf(drawn(fisher), 'slope').map(label => label.textContent)
    expect(labels).toEqual(['F: slope 2.000 ± 0.001'])
  })

  it('keeps its slope in the legend where lines crowd', () => {
    const series = Array.from({ length: 6 }, (_, i) => ({ ...fisher, name: `F${i}` }))
    const root = drawn(...series)
    expect(marksOf(root, 'slope')).toHaveLength(0)
    for (const { name } of series) expect(words(root)).toContain(`${name}: slope 2.000 ± 0.001`)
  })

  it('needs an increasing positive window', () => {
    expect(() => draw({ ...fisher, fit: { ...fit, window: [0, 1] } })).toThrow(
      new RangeError('series[0].fit.window: got [0, 1], expected two increasing positive numbers'),
    )
  })
})

describe('precision floor', () => {
  it('is a band from the floor down to the frame', () => {
    const root = drawn({ ...fisher, floor: 1e-7 })
    const frame = marksOf(root, 'below precision floor')[0]
    expect(Number(frame?.getAttribute('y'))).toBeCloseTo(axis(root, 'y')(-7), 1)
    expect(marksOf(root, 'precision floor')).toHaveLength(1)
  })

  it('far below the data is told in words instead of squashing them', () => {
    const root = drawn({ ...fisher, floor: 1e-30 })
    expect(marksOf(root, 'precision floor')).toHaveLength(0)
    expect(words(root)).toContain('precision floor 10⁻³⁰ (below the picture)')
  })
})

describe('picture', () => {
  it('says so when nothing can be drawn', () => {
    expect(words(drawn()).join(' ')).toContain('Nothing to draw: no series was given.')
    const zeros = drawn({ name: 'F', t: [1, 2], values: [0, 0] })
    expect(words(zeros).join(' ').replace(/\s+/g, ' ')).toContain('Nothing to draw: no value is positive and finite.')
  })

  it('tells a series with nothing to draw from the others', () => {
    expect(words(drawn(fisher, { name: 'K', t: [], values: [] }))).toContain('K (nothing to draw)')
  })

  it('gives every series a colour and a symbol of its own', () => {
    const root = drawn(fisher, { ...fisher, name: 'G' })
    const shape = (name: string) => {
      const mark = marksOf(root, `measurements of ${name}`)[0]
      return [mark?.localName, mark?.getAttribute('d'), mark?.parentElement?.getAttribute('fill')]
    }
    expect(shape('F')[2]).not.toBe(shape('G')[2])
    expect(shape('F').slice(0, 2)).not.toEqual(shape('G').slice(0, 2))
  })

  it('names the column that is too short', () => {
    expect(() => draw({ name: 'F', t: [1, 2], values: [1] })).toThrow('series[0].values: got 1 numbers, expected 2')
  })

  it('describes every series in words', () => {
    const spoken = drawn({ ...fisher, floor: 1e-9 }).querySelector('desc')?.textContent
    expect(spoken).toBe(
      'Log–log chart of F against t. F: 4 measurements drawn, fitted slope 2.000 ± 0.001, fit window 0.001 to 0.01, precision floor 10⁻⁹.',
    )
  })
})
