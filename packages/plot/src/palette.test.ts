import { describe, expect, it } from 'vitest'
import { paper, seriesColour, seriesColours, seriesSymbol } from './palette.ts'

type Triple = readonly [number, number, number]

const linear = (hex: string): Triple => {
  const channel = (at: number) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

const contrast = (a: string, b: string): number => {
  const luminance = ([r, g, b]: Triple) => 0.2126 * r + 0.7152 * g + 0.0722 * b
  const [low = 0, high = 0] = [luminance(linear(a)), luminance(linear(b))].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

/** Full colour blindness of each kind, after Machado, Oliveira and Fernandes (2009), on linear RGB. */
const sight: Record<string, readonly Triple[]> = {
  full: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}

const times = (matrix: readonly Triple[], v: Triple): Triple => {
  const row = (i: number) => (matrix[i] ?? [0, 0, 0]).reduce((sum, entry, j) => sum + entry * (v[j] ?? 0), 0)
  return [row(0), row(1), row(2)]
}

const oklab = (rgb: Triple): Triple => {
  const cone = times([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]], rgb)
  const lms: Triple = [Math.cbrt(cone[0]), Math.cbrt(cone[1]), Math.cbrt(cone[2])]
  return times([[0.2104542553, 0.793617785, -0.0040720468], [1.9779984951, -2.428592205, 0.4505937099], [0.0259040371, 0.7827717662, -0.808675766]], lms)
}

const seen = (hex: string, matrix: readonly Triple[]): Triple => {
  const clamp = (c: number) => Math.min(1, Math.max(0, c))
  const [r, g, b] = times(matrix, linear(hex))
  return oklab([clamp(r), clamp(g), clamp(b)])
}

describe.each(['light', 'dark'] as const)('on %s paper', mode => {
  const colours = seriesColours.map(colour => colour[mode])

  it('every colour has the contrast WCAG asks of graphics, 3 to 1', () => {
    for (const colour of colours) expect(contrast(colour, paper[mode])).toBeGreaterThanOrEqual(3)
  })

  it.each(Object.entries(sight))('colours stay a tenth of the OKLab unit apart under %s', (_, matrix) => {
    colours.forEach((a, i) =>
      colours.slice(0, i).forEach(b => {
        const [x, y] = [seen(a, matrix), seen(b, matrix)]
        expect(Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2])).toBeGreaterThan(0.1)
      }),
    )
  })
})

it('no two of forty-two series look alike', () => {
  const looks = Array.from({ length: 42 }, (_, i) => `${seriesColour(i)} ${seriesSymbol(i)}`)
  expect(new Set(looks).size).toBe(42)
})
