import { plot, text, type Markish, type PlotOptions } from '@observablehq/plot'
import { legendMarks, legendRows, type LegendItem } from './legend.ts'
import { escapeText, serializeSvg } from './markup.ts'
import { chartStyle } from './palette.ts'
import { wrapText } from './text-layout.ts'

/** Where and how large a chart is drawn. */
export interface ChartOptions {
  /** The DOM to draw with: the page's own in a browser, `nodeDocument()` in Node. */
  document?: Document
  /** Width in pixels of the drawing's own coordinates, default 480; the picture scales with its container. */
  width?: number
  /** Identifier of the `<svg>`; by default a hash of the picture. */
  id?: string
}

/** A chart before it is drawn: what stands around the frame, and what Plot draws inside it. */
export interface Picture {
  title: string
  description: string
  xLabel: string
  yLabel: string
  legend: LegendItem[]
  notes: string[]
  frame: Frame
  plot: PlotOptions
}

/** The plotting frame in pixels: its size and the room around it. */
export interface Frame {
  width: number
  height: number
  /** Room above the frame for what a chart writes there itself. */
  headroom: number
  marginLeft: number
  marginRight: number
}

const fontSize = 13
const titleSize = 16
const titleLine = 21
/** How much wider bold letters are. */
export const bold: number = 1.1
const noteSize = 12
const noteLine = 16
const edge = 4

/** Frame of the given height in a chart of the width asked for. */
export const frameOf = ({ width = 480 }: ChartOptions, height: number, { marginLeft = 58, headroom = 0 }: { marginLeft?: number; headroom?: number } = {}): Frame => {
  const marginRight = 14
  if (!(width >= 240 && width <= 4000)) throw new RangeError(`width: got ${width}, expected 240 to 4000 pixels`)
  return { width: width - marginLeft - marginRight, height, headroom, marginLeft, marginRight }
}

/** Draws a picture: title, legend and axis names above and below the frame, a text alternative inside, as an SVG string. */
export const drawPicture = (picture: Picture, options: ChartOptions): string => {
  const document = options.document ?? (globalThis as { document?: Document }).document
  if (document === undefined)
    throw new TypeError('document: got none, expected a DOM Document (in Node: nodeDocument() from @dead-directions/plot/node)')
  if (options.id !== undefined && !/^[A-Za-z][\w-]*$/.test(options.id))
    throw new RangeError(`id: got ${JSON.stringify(options.id)}, expected a letter followed by letters, digits, _ or -`)
  const svg = plot(plotOptions(picture, document)) as Element
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  svg.setAttribute('role', 'img')
  svg.setAttribute('font-size', String(fontSize))
  const style = svg.querySelector('style')
  if (style !== null) style.textContent = (style.textContent ?? '') + chartStyle
  return withTextAlternative(serializeSvg(svg), picture, options.id)
}

const plotOptions = ({ title, xLabel, yLabel, legend, notes, frame, plot: inner }: Picture, document: Document): PlotOptions => {
  const width = frame.marginLeft + frame.width + frame.marginRight
  const titleLines = wrapText(title, width - 2 * edge, titleSize * bold)
  const rows = legendRows(legend, width - 2 * edge)
  const noteLines = notes.flatMap(note => wrapText(note, width - 2 * edge, noteSize))
  const yLabelLines = wrapText(yLabel, width - 2 * edge, fontSize)
  const legendTop = 6 + titleLines.length * titleLine
  const yLabelTop = legendTop + rows.height + 4
  const marginTop = yLabelTop + yLabelLines.length * 17 + 8 + frame.headroom
  const marginBottom = 44 + (noteLines.length > 0 ? 8 + noteLines.length * noteLine : 0)
  const at = (x: number, y: number) => ({ dx: x - frame.marginLeft, dy: y - marginTop })
  const put = (lines: string[], x: number, y: number, style: object): Markish =>
    text([lines.join('\n')], { ...corner, ...at(x, y), fill: 'currentColor', ...style })
  return {
    ...inner,
    document,
    className: 'dd-chart',
    width,
    height: marginTop + frame.height + marginBottom,
    marginTop,
    marginBottom,
    marginLeft: frame.marginLeft,
    marginRight: frame.marginRight,
    marks: [
      ...(inner.marks ?? []),
      put(titleLines, edge, 6, { fontSize: titleSize, fontWeight: 600, lineHeight: titleLine / titleSize }),
      put(yLabelLines, edge, yLabelTop, { lineHeight: 17 / fontSize }),
      put([xLabel], frame.marginLeft + frame.width, marginTop + frame.height + 24, { textAnchor: 'end' }),
      ...(noteLines.length === 0
        ? []
        : [put(noteLines, edge, marginTop + frame.height + 52, { fontSize: noteSize, lineHeight: noteLine / noteSize, fillOpacity: 0.8 })]),
      ...legendMarks(rows, (x, y) => at(edge + x, legendTop + y)),
    ],
  }
}

const corner = { facet: 'super', frameAnchor: 'top-left', textAnchor: 'start', lineAnchor: 'top' } as const

const withTextAlternative = (svg: string, { title, description, notes }: Picture, id?: string): string => {
  const spoken = [description, ...notes].join(' ')
  const name = id ?? `dd-${hash(svg + spoken)}`
  const open = svg.indexOf('>')
  return (
    `${svg.slice(0, open)} id="${name}" aria-labelledby="${name}-title" aria-describedby="${name}-desc">` +
    `<title id="${name}-title">${escapeText(title)}</title><desc id="${name}-desc">${escapeText(spoken)}</desc>` +
    svg.slice(open + 1)
  )
}

/** FNV-1a, enough to keep the identifiers of different pictures in one page apart. */
const hash = (content: string): string => {
  let state = 0x811c9dc5
  for (let i = 0; i < content.length; i++) state = Math.imul(state ^ content.charCodeAt(i), 0x01000193)
  return (state >>> 0).toString(36)
}

/** The mark that says why a picture is empty. */
export const emptyMark = (message: string, frame: Frame): Markish =>
  text([wrapText(message, frame.width - 40, fontSize).join('\n')], {
    facet: 'super',
    frameAnchor: 'middle',
    fill: 'currentColor',
    fontStyle: 'italic',
    ariaDescription: 'nothing to draw',
  })
