import { parseHTML } from 'linkedom'

/** A chart's SVG string as a tree. */
export const parse = (svg: string): Element => {
  const root = parseHTML(`<!doctype html><html><body>${svg}</body></html>`).document.querySelector('svg')
  if (root === null) throw new Error('no svg in the string')
  return root
}

/** Drawn elements of the groups (or the single elements) that carry a description, panels looked into. */
export const marksOf = (root: Element, description: string): Element[] =>
  Array.from(root.querySelectorAll('[aria-description]'))
    .filter(element => element.getAttribute('aria-description') === description)
    .flatMap(leaves)

const leaves = (element: Element): Element[] => (element.localName === 'g' ? Array.from(element.children).flatMap(leaves) : [element])

/** Translation of an element in the picture, its groups' included. */
export const shift = (element: Element | null): readonly [number, number] => {
  if (element === null) return [0, 0]
  const [dx, dy] = shift(element.parentElement)
  const match = /translate\(([^,)]+),([^)]+)\)/.exec(element.getAttribute('transform') ?? '')
  return match === null ? [dx, dy] : [dx + Number(match[1]), dy + Number(match[2])]
}

/** Centre of a dot in pixels, whichever symbol it has. */
export const centre = (mark: Element): readonly [number, number] => {
  const [dx, dy] = shift(mark)
  return [dx + Number(mark.getAttribute('cx') ?? 0), dy + Number(mark.getAttribute('cy') ?? 0)]
}

/** End points in pixels of a `<path>` `Mx,yLx,y`. */
export const ends = (path: Element): number[] => (path.getAttribute('d') ?? '').split(/[ML,]/).filter(Boolean).map(Number)

const superscript = '⁰¹²³⁴⁵⁶⁷⁸⁹'
const numberOf = (label: string): number => {
  const match = /^(?:(\d)·)?10(⁻?)([⁰¹²³⁴⁵⁶⁷⁸⁹]+)$/.exec(label)
  if (match === null) return Number(label.replace('−', '-'))
  const power = Number(Array.from(match[3] ?? '', digit => superscript.indexOf(digit)).join(''))
  return Math.log10(Number(match[1] ?? 1)) + (match[2] === '' ? power : -power)
}

/** The scale a reader infers from an axis' tick labels: value (or exponent of ten) to pixel, and the pixel of one tick. */
export const axis = (root: Element, name: 'x' | 'y'): ((value: number) => number) => {
  const labels = Array.from(root.querySelectorAll(`g[aria-label="${name}-axis tick label"] text`))
  const ticks = labels.map(label => [numberOf(label.textContent ?? ''), shift(label)[name === 'x' ? 0 : 1]] as const)
  const [first, last] = [ticks[0], ticks.at(-1)]
  if (first === undefined || last === undefined || first === last) throw new Error(`too few ticks on ${name}`)
  return value => first[1] + ((value - first[0]) / (last[0] - first[0])) * (last[1] - first[1])
}

/** All text drawn in the picture. */
export const words = (root: Element): string[] => Array.from(root.querySelectorAll('text'), text => text.textContent ?? '')
