import { dot, frame as frameMark, line, rect, ruleY, text, type Markish, type PlotOptions } from '@observablehq/plot'
import { decadeAxis, decadeInterval, type LogInterval } from './decades.ts'
import { droppedNote, reasonNotPositive, type Dropped } from './drawable.ts'
import { placeLabels } from './label-placement.ts'
import { ink, type LegendItem } from './legend.ts'
import { numberText } from './number-text.ts'
import { seriesColour } from './palette.ts'
import { bold, drawPicture, emptyMark, frameOf, type ChartOptions, type Frame } from './picture.ts'
import { shorten, shortenToWidth, textWidth } from './text-layout.ts'

/** Singular values of one layer. */
export interface SpectrumLayer {
  name: string
  values: ArrayLike<number>
  /** Dead directions: positions in `values` counted from 0, and what to call them. */
  marked?: readonly { index: number; label: string }[]
  /** Precision floor: values below it are noise. */
  floor?: number
}

/** Content of {@link spectrumChart}. */
export interface SpectrumChartData {
  title: string
  layers: readonly SpectrumLayer[]
  /** Name and unit of the values, default "singular value". */
  yLabel?: string
}

interface Value {
  index: number
  value: number
  y: number
  label?: string
}

interface Panel {
  name: string
  fx: number
  fy: number
  total: number
  values: Value[]
  dropped: Dropped
  droppedMarks: string[]
  floor?: number
}

interface Grid {
  columns: number
  rows: number
  /** Pixels of one panel. */
  panel: { width: number; height: number }
  x: [number, number]
  y: LogInterval
}

const labelSize = 12
const panelGap = 26
const columnGap = 16
const mostDots = 160

/**
 * Draws each layer's singular values against their index in a panel of its own, logarithmic, dead directions marked.
 *
 * Values that are zero, negative or not finite are left out and counted in a note, which names the marked ones among them.
 *
 * @param data one spectrum per layer; panels share their axes.
 * @returns an `<svg>` element as a string.
 * @throws RangeError when a mark points outside its layer's values.
 * Source: arXiv 2606.05957, row C4 (m dead directions give m small eigenvalues).
 * @example
 * ```ts
 * import { spectrumChart } from '@dead-directions/plot'
 * import { nodeDocument } from '@dead-directions/plot/node'
 * const svg = spectrumChart(
 *   { title: 'Spectra', layers: [{ name: 'fc1', values: [3, 1, 1e-6], marked: [{ index: 2, label: 'dead' }] }] },
 *   { document: nodeDocument() },
 * )
 * ```
 */
export const spectrumChart = (data: SpectrumChartData, options: ChartOptions = {}): string => {
  const columns = data.layers.length > 1 ? 2 : 1
  const panels = data.layers.map((layer, i) => readPanel(layer, i, columns))
  const rows = Math.max(1, Math.ceil(panels.length / columns))
  const frame = frameOf(options, columns === 1 ? 250 : rows * (150 + panelGap) - panelGap, { headroom: 18 })
  const yLabel = data.yLabel ?? 'singular value'
  const common = { title: data.title, xLabel: 'index, from 0', yLabel, description: description(yLabel, panels), frame }
  const notes = panels.flatMap(({ name, dropped, total, droppedMarks }) => [
    ...droppedNote(name, dropped, total),
    ...(droppedMarks.length === 0 ? [] : [`Marked but not drawn in ${name}: ${droppedMarks.join(', ')}.`]),
  ])
  const values = panels.flatMap(panel => panel.values)
  if (values.length === 0) {
    const message = panels.length === 0 ? 'Nothing to draw: no layer was given.' : 'Nothing to draw: no value is positive and finite.'
    return drawPicture({ ...common, notes, legend: [], plot: { axis: null, marks: [frameMark({ strokeOpacity: 0.3 }), emptyMark(message, frame)] } }, options)
  }
  const grid = gridOf(panels, columns, rows, frame)
  return drawPicture({ ...common, notes, legend: legend(panels, grid), plot: plotOf(panels, grid) }, options)
}

const readPanel = ({ name, values, marked = [], floor }: SpectrumLayer, position: number, columns: number): Panel => {
  const labels = new Map<number, string>()
  for (const { index, label } of marked) {
    if (!Number.isInteger(index) || index < 0 || index >= values.length)
      throw new RangeError(`layers[${position}].marked: got index ${index}, expected 0 to ${values.length - 1}`)
    labels.set(index, label)
  }
  const panel: Panel = {
    name,
    fx: position % columns,
    fy: Math.floor(position / columns),
    total: values.length,
    values: [],
    dropped: { zero: 0, negative: 0, notFinite: 0 },
    droppedMarks: [],
    ...(floor !== undefined && floor > 0 && Number.isFinite(floor) ? { floor: Math.log10(floor) } : {}),
  }
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number
    const reason = reasonNotPositive(value)
    const label = labels.get(index)
    if (reason === undefined) panel.values.push({ index, value, y: Math.log10(value), ...(label === undefined ? {} : { label }) })
    else {
      panel.dropped[reason]++
      if (label !== undefined) panel.droppedMarks.push(`${label} (index ${index}, value ${numberText(value)})`)
    }
  }
  return panel
}

const gridOf = (panels: readonly Panel[], columns: number, rows: number, frame: Frame): Grid => {
  const logs = panels.flatMap(({ values }) => values.map(value => value.y))
  const lowest = logs.reduce((low, log) => Math.min(low, log))
  const floors = panels.flatMap(({ floor }) => (floor !== undefined && floor > lowest - 3 ? [floor] : []))
  const last = panels.reduce((most, { total }) => Math.max(most, total - 1), 1)
  return {
    columns,
    rows,
    panel: { width: (frame.width - (columns - 1) * columnGap) / columns, height: (frame.height + panelGap) / rows - panelGap },
    x: [-0.04 * last - 0.2, 1.04 * last + 0.2],
    y: decadeInterval([...logs, ...floors]),
  }
}

const plotOf = (panels: readonly Panel[], grid: Grid): PlotOptions => ({
  fx: { domain: Array.from({ length: grid.columns }, (_, i) => i), axis: null, paddingInner: innerPadding(grid.columns, grid.panel.width, columnGap), paddingOuter: 0, round: false },
  fy: { domain: Array.from({ length: grid.rows }, (_, i) => i), axis: null, paddingInner: innerPadding(grid.rows, grid.panel.height, panelGap), paddingOuter: 0, round: false },
  x: { type: 'linear', domain: grid.x, ticks: indexTicks(grid), tickFormat: String, label: null },
  y: { ...decadeAxis(grid.y, { along: 'y', length: grid.panel.height }), grid: true },
  marks: panels.flatMap(panel => panelMarks(panel, grid)),
})

/** Padding of a band scale that leaves `gap` pixels between bands of `size` pixels. */
const innerPadding = (bands: number, size: number, gap: number): number => (bands === 1 ? 0 : gap / (size + gap))

const indexTicks = ({ x, panel }: Grid): number[] => {
  const step = [1, 2, 5].flatMap(unit => [0, 1, 2, 3, 4, 5, 6].map(power => unit * 10 ** power)).sort((a, b) => a - b)
    .find(candidate => (x[1] / candidate) * 36 <= panel.width) ?? x[1]
  return Array.from({ length: Math.floor(x[1] / step) + 1 }, (_, i) => i * step)
}

const panelMarks = (panel: Panel, grid: Grid): Markish[] => {
  const { name, values, fx, fy, floor } = panel
  const facet = { fx: () => fx, fy: () => fy }
  const at = { x: 'index', y: 'y' } as const
  const marked = values.filter(({ label }) => label !== undefined)
  const plain = values.filter(({ label }) => label === undefined)
  const tooltip = (of: Value) => `${name}[${of.index}] = ${numberText(of.value, 6)}${of.label === undefined ? '' : `, ${of.label}`}`
  const shownName = shortenToWidth(name, grid.panel.width, 13 * bold)
  return [
    frameMark({ ...facet, strokeOpacity: 0.3 }),
    text([shownName], {
      ...facet, frameAnchor: 'top-left', textAnchor: 'start', lineAnchor: 'bottom', dy: -5,
      fill: 'currentColor', fontWeight: 600, ariaDescription: 'layer', ...(shownName === name ? {} : { title: () => name }),
    }),
    ...(floor === undefined || floor <= grid.y[0] ? [] : floorMarks(floor, grid.y, facet)),
    ...(values.length === 0
      ? [text(['nothing to draw'], { ...facet, frameAnchor: 'middle', fill: 'currentColor', fontStyle: 'italic' })]
      : [line(values, { ...facet, ...at, stroke: seriesColour(0), strokeOpacity: 0.5, ariaDescription: `spectrum of ${name}` })]),
    ...(plain.length > mostDots ? [] : [dot(plain, { ...facet, ...at, r: 3, ...ink(seriesColour(0)), title: tooltip, ariaDescription: `values of ${name}` })]),
    dot(marked, { ...facet, ...at, r: 5.5, symbol: 'diamond', ...ink(seriesColour(1)), title: tooltip, ariaDescription: `dead directions of ${name}` }),
    ...markLabels(panel, grid).map(({ words, left, top }) =>
      text([words], {
        ...facet, frameAnchor: 'top-left', textAnchor: 'start', lineAnchor: 'top', dx: left, dy: top + 1,
        fontSize: labelSize, fill: 'currentColor', ariaDescription: 'dead direction',
      }),
    ),
  ]
}

const floorMarks = (floor: number, [bottom]: LogInterval, facet: object): Markish[] => [
  rect([0], { ...facet, y1: [bottom], y2: [floor], fill: 'currentColor', fillOpacity: 0.12, ariaDescription: 'below precision floor' }),
  ruleY([floor], { ...facet, stroke: 'currentColor', strokeDasharray: '1.5 3', ariaDescription: 'precision floor' }),
]

const markLabels = ({ values, floor }: Panel, { panel, x, y }: Grid): { words: string; left: number; top: number }[] => {
  const pixel = ({ index, y: log }: Value) =>
    [((index - x[0]) / (x[1] - x[0])) * panel.width, ((y[1] - log) / (y[1] - y[0])) * panel.height] as const
  const requests = values.flatMap(value =>
    value.label === undefined ? [] : [{ words: shorten(value.label, 24), anchors: [pixel(value)], height: labelSize + 3 }],
  )
  const sized = requests.map(request => ({ ...request, width: textWidth(request.words, labelSize) }))
  const path = values.map(pixel)
  const between = path.slice(1).flatMap(([x2, y2], i) => {
    const [x1, y1] = path[i] ?? [x2, y2]
    return Array.from({ length: 12 }, (_, step) => [x1 + ((x2 - x1) * step) / 12, y1 + ((y2 - y1) * step) / 12] as const)
  })
  const floorHeight = floor === undefined ? [] : [((y[1] - floor) / (y[1] - y[0])) * panel.height]
  const floorLine = floorHeight.flatMap(height => Array.from({ length: panel.width / 10 }, (_, step) => [10 * step, height] as const))
  const box = { left: 2, top: 2, right: panel.width - 2, bottom: panel.height - 2 }
  return placeLabels(sized, [...path, ...between, ...floorLine], box).flatMap((place, i) => {
    const request = requests[i]
    return place === undefined || request === undefined ? [] : [{ words: request.words, left: place.left, top: place.top }]
  })
}

const legend = (panels: readonly Panel[], { y }: Grid): LegendItem[] => {
  const floors = panels.flatMap(({ floor }) => (floor === undefined ? [] : [floor]))
  return [
    { key: { kind: 'symbol', symbol: 'circle', colour: seriesColour(0) }, label: 'value' },
    ...(panels.some(({ values }) => values.some(({ label }) => label !== undefined))
      ? [{ key: { kind: 'symbol', symbol: 'diamond', colour: seriesColour(1) } as const, label: 'dead direction' }]
      : []),
    ...(floors.length === 0
      ? []
      : [{ key: { kind: 'line', colour: 'currentColor', dash: '1.5 3' } as const, label: floors.some(floor => floor > y[0]) ? 'precision floor' : 'precision floor (below the picture)' }]),
  ]
}

const description = (yLabel: string, panels: readonly Panel[]): string =>
  [
    `${yLabel} against index on a logarithmic scale, one panel per layer.`,
    ...panels.map(({ name, values, floor }) => {
      const marked = values.flatMap(({ index, value, label }) => (label === undefined ? [] : [`${label} at index ${index}, ${numberText(value)}`]))
      const sizes = values.map(({ value }) => value)
      const range = sizes.length === 0 ? '' : `, ${numberText(sizes.reduce((a, b) => Math.min(a, b)))} to ${numberText(sizes.reduce((a, b) => Math.max(a, b)))}`
      return `${name}: ${values.length} values drawn${range}${floor === undefined ? '' : `, precision floor ${numberText(10 ** floor, 2)}`}${marked.length === 0 ? '' : `; dead directions: ${marked.join('; ')}`}.`
    }),
  ].join(' ')
