import { expect, it } from 'vitest'
import { axis, centre, marksOf, parse, shift, words } from '../test/parsed-chart.ts'
import { nodeDocument } from './node.ts'
import { spectrumChart, type SpectrumLayer } from './spectrum-chart.ts'

const document = nodeDocument()
const drawn = (...layers: SpectrumLayer[]) => parse(spectrumChart({ title: 'Spectra', layers }, { document }))
const values = [100, 10, 1, 1e-6]
const marked = [{ index: 3, label: 'dead unit' }]

it('puts singular values where the axes say, dead directions apart', () => {
  const root = drawn({ name: 'fc1', values, marked })
  const [x, y] = [axis(root, 'x'), axis(root, 'y')]
  const plain = marksOf(root, 'values of fc1').map(centre)
  const dead = marksOf(root, 'dead directions of fc1').map(centre)
  expect([plain.length, dead.length]).toEqual([3, 1])
  ;[...plain, ...dead].forEach(([px, py], i) => {
    expect(px).toBeCloseTo(x(i), 1)
    expect(py).toBeCloseTo(y(Math.log10(values[i] ?? NaN)), 1)
  })
  expect(marksOf(root, 'dead direction').map(label => label.textContent)).toEqual(['dead unit'])
})

it('gives layers panels of equal size side by side and below, on one scale', () => {
  const root = drawn(...['a', 'b', 'c'].map(name => ({ name, values })))
  const frames = Array.from(root.querySelectorAll('rect[aria-label="frame"], [aria-label="frame"] rect'))
  const [width = NaN, height = NaN] = ['width', 'height'].map(side => Number(frames[0]?.getAttribute(side)))
  for (const frame of frames) expect([Number(frame.getAttribute('width')), Number(frame.getAttribute('height'))]).toEqual([width, height])
  const [a, b, c] = ['a', 'b', 'c'].map(name => centre(marksOf(root, `values of ${name}`)[0] as Element)) as (readonly [number, number])[]
  expect(b?.[1]).toBe(a?.[1])
  expect(c?.[0]).toBe(a?.[0])
  expect((b?.[0] ?? NaN) - (a?.[0] ?? NaN)).toBeGreaterThan(width)
  expect((c?.[1] ?? NaN) - (a?.[1] ?? NaN)).toBeGreaterThan(height)
  expect(words(root)).toEqual(expect.arrayContaining(['a', 'b', 'c']))
})

it('leaves out exact zeros, counts them and names the marked ones', () => {
  const root = drawn({ name: 'fc1', values: [1, 0, -1, NaN], marked: [{ index: 1, label: 'dead' }] })
  expect(marksOf(root, 'values of fc1')).toHaveLength(1)
  const text = words(root).join(' ')
  expect(text).toContain('fc1: 3 of 4 values not drawn (1 zero, 1 negative, 1 not finite).')
  expect(text.replace(/\s+/g, ' ')).toContain('Marked but not drawn in fc1: dead (index 1, value 0).')
})

it('draws the floor as a band', () => {
  const root = drawn({ name: 'fc1', values, floor: 1e-7 })
  const band = marksOf(root, 'below precision floor')[0]
  expect(Number(band?.getAttribute('y')) + shift(band ?? null)[1]).toBeCloseTo(axis(root, 'y')(-7), 1)
})

it('draws a long spectrum as a line, with dots for dead directions only', () => {
  const long = Array.from({ length: 1000 }, (_, i) => 1 / (i + 1))
  const root = drawn({ name: 'fc1', values: long, marked: [{ index: 999, label: 'dead' }] })
  expect(marksOf(root, 'values of fc1')).toHaveLength(0)
  expect((marksOf(root, 'spectrum of fc1')[0]?.getAttribute('d') ?? '').split('L')).toHaveLength(1000)
  expect(marksOf(root, 'dead directions of fc1')).toHaveLength(1)
})

it('says so when nothing can be drawn, in one panel or in all', () => {
  expect(words(drawn()).join(' ')).toContain('Nothing to draw: no layer was given.')
  expect(words(drawn({ name: 'a', values }, { name: 'b', values: [0] }))).toContain('nothing to draw')
})

it('refuses a mark outside the spectrum', () => {
  expect(() => drawn({ name: 'a', values: [1], marked: [{ index: 1, label: 'x' }] })).toThrow(
    new RangeError('layers[0].marked: got index 1, expected 0 to 0'),
  )
})
