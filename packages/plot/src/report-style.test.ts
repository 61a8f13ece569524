import { expect, it } from 'vitest'
import { reportStyle } from './report-style.ts'

const pair = (name: string): [string, string] => {
  const match = new RegExp(`--${name}:light-dark\\((#[0-9a-f]+),(#[0-9a-f]+)\\)`).exec(reportStyle)
  return [match?.[1] ?? '', match?.[2] ?? '']
}

const luminance = (hex: string): number => {
  const long = hex.length === 4 ? hex.replace(/[0-9a-f]/g, digit => digit + digit) : hex
  const [r = NaN, g = NaN, b = NaN] = [1, 3, 5].map(at => {
    const c = Number.parseInt(long.slice(at, at + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

const contrast = (a: string, b: string): number => {
  const [low = NaN, high = NaN] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

it.each([
  ['dd-ink', 'page'], ['dd-ink', 'dd-paper'], ['dd-ink', 'warn'], ['quiet', 'page'], ['quiet', 'dd-paper'], ['link', 'page'], ['link', 'dd-paper'],
])('text in %s on %s has the contrast of WCAG AA, light and dark', (text, ground) => {
  pair(text).forEach((colour, mode) => expect(contrast(colour, pair(ground)[mode] ?? '')).toBeGreaterThanOrEqual(4.5))
})
