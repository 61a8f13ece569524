// Widths in units of the font size, those of DejaVu Sans and Verdana: the widest faces a system sans-serif resolves to.
const charWidth = (char: string): number => {
  if (/[iljI.,:;'|! ]/.test(char)) return 0.34
  if (/[tfr()[\]⁰¹²³⁴⁵⁶⁷⁸⁹⁻]/u.test(char)) return 0.42
  if (/[mwMW@%…]/u.test(char)) return 1
  if ((char.codePointAt(0) ?? 0) > 0x2e80) return 1.05
  return /\p{Lu}/u.test(char) ? 0.74 : 0.63
}

/** Estimated width in pixels of `text` at `size` pixels in a system sans-serif: on the generous side, fonts differ. */
export const textWidth = (text: string, size: number): number => {
  let width = 0
  for (const char of text) width += charWidth(char)
  return width * size
}

/** Shortens a name to at most `length` characters from its middle, where layer names differ least. */
export const shorten = (name: string, length: number): string => {
  const chars = Array.from(name)
  if (chars.length <= length) return name
  const front = Math.ceil((length - 1) / 2)
  return `${chars.slice(0, front).join('')}…${chars.slice(chars.length - (length - 1 - front)).join('')}`
}

/** Shortens a name until it fits `width` pixels at `size` pixels. */
export const shortenToWidth = (name: string, width: number, size: number): string => {
  let length = Array.from(name).length
  while (length > 1 && textWidth(shorten(name, length), size) > width) length--
  return shorten(name, length)
}

/** Breaks text into lines no wider than `width` pixels at `size` pixels; a longer word is cut. */
export const wrapText = (text: string, width: number, size: number): string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/).flatMap(word => cutWord(word, width, size))) {
    const longer = line === '' ? word : `${line} ${word}`
    if (textWidth(longer, size) <= width || line === '') line = longer
    else {
      lines.push(line)
      line = word
    }
  }
  if (line !== '') lines.push(line)
  return lines
}

const cutWord = (word: string, width: number, size: number): string[] => {
  const pieces: string[] = []
  let piece = ''
  for (const char of word) {
    if (piece !== '' && textWidth(piece + char, size) > width) {
      pieces.push(piece)
      piece = ''
    }
    piece += char
  }
  if (piece !== '') pieces.push(piece)
  return pieces
}
