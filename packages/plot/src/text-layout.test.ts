import fc from 'fast-check'
import { expect, it } from 'vitest'
import { shorten, shortenToWidth, textWidth, wrapText } from './text-layout.ts'

it('shortens from the middle and leaves short names alone', () => {
  expect(shorten('layers.0.weight', 9)).toBe('laye…ight')
  expect(shorten('fc1', 9)).toBe('fc1')
  expect(Array.from(shorten('😀'.repeat(9), 4))).toEqual(['😀', '😀', '…', '😀'])
})

it('wraps into lines that fit and lose no character', () => {
  fc.assert(fc.property(fc.array(fc.string({ minLength: 1, maxLength: 30 }).map(word => word.replace(/\s/g, '_'))), words => {
    const text = words.join(' ')
    const lines = wrapText(text, 120, 10)
    for (const line of lines) expect(textWidth(line, 10)).toBeLessThanOrEqual(120)
    expect(lines.join('').replaceAll(' ', '')).toBe(words.join(''))
  }))
})

it('shortens a name until it fits', () => {
  fc.assert(fc.property(fc.string({ maxLength: 80 }), name => {
    const shown = shortenToWidth(name, 100, 12)
    expect(textWidth(shown, 12) <= 100 || Array.from(shown).length <= 1).toBe(true)
    if (textWidth(name, 12) <= 100) expect(shown).toBe(name)
  }))
})
