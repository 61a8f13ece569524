/** Names of the filled symbols a series can carry. */
export type SeriesSymbol = 'circle' | 'square' | 'triangle' | 'diamond' | 'star' | 'cross' | 'wye'

/** Series colours on light and dark paper, chosen to stay apart under protanopia, deuteranopia and tritanopia. */
export const seriesColours: readonly { light: string; dark: string }[] = [
  { light: '#373ce3', dark: '#8b65f4' },
  { light: '#9e2800', dark: '#ff8806' },
  { light: '#0ca2aa', dark: '#48c39c' },
  { light: '#5f007b', dark: '#be97ff' },
  { light: '#c5781a', dark: '#ffdb28' },
  { light: '#141821', dark: '#c0ffd8' },
]

/** Light and dark paper the colours are chosen for. */
export const paper: { light: string; dark: string } = { light: '#ffffff', dark: '#14171b' }

// Seven symbols against six colours: a pair repeats only after forty-two series.
const symbols: readonly SeriesSymbol[] = ['circle', 'square', 'triangle', 'diamond', 'star', 'cross', 'wye']

/** CSS colour of series `index`; a page overrides it by setting `--dd-series-1` … `--dd-series-6`. */
export const seriesColour = (index: number): string => `var(--dd-series-${(index % seriesColours.length) + 1})`

/** Symbol of series `index`. */
export const seriesSymbol = (index: number): SeriesSymbol => symbols[index % symbols.length] ?? 'circle'

/** Style sheet of a chart: zero-specificity custom properties that follow the page's `color-scheme`. */
export const chartStyle: string = [
  ':where(svg.dd-chart:root){color-scheme:light dark}',
  ':where(.dd-chart){',
  `--dd-paper:light-dark(${paper.light},${paper.dark});--dd-ink:light-dark(#1b1f24,#e6e8eb);`,
  ...seriesColours.map(({ light, dark }, index) => `--dd-series-${index + 1}:light-dark(${light},${dark});`),
  '--plot-background:var(--dd-paper);color:var(--dd-ink);background:var(--dd-paper);height:auto}',
].join('')
