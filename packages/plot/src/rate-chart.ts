import { dot, frame as frameMark, link, rect, ruleY, text, type Markish, type PlotOptions } from '@observablehq/plot'
import { decadeAxis, decadeInterval, type LogInterval } from './decades.ts'
import { checkLengths, droppedNote, logPoints, type Dropped, type LogPoint } from './drawable.ts'
import { fitSegments, heightAt, logLine, type FittedRate, type LogLine, type Segment } from './fit-line.ts'
import { placeLabels, type Box } from './label-placement.ts'
import { ink, type LegendItem } from './legend.ts'
import { numberText, rateText } from './number-text.ts'
import { seriesColour, seriesSymbol } from './palette.ts'
import { drawPicture, emptyMark, frameOf, type ChartOptions, type Frame } from './picture.ts'
import { shorten, textWidth } from './text-layout.ts'

/** One measured quantity along an approach `t → 0`. */
export interface RateSeries {
  name: string
  /** Approach parameter, positive. */
  t: ArrayLike<number>
  /** Measurements, as many as `t` has. */
  values: ArrayLike<number>
  fit?: FittedRate
  /** Precision floor: values below it are noise. */
  floor?: number
}

/** Content of {@link rateChart}. */
export interface RateChartData {
  title: string
  /** Name and unit of the approach parameter. */
  xLabel: string
  /** Name and unit of the measured values. */
  yLabel: string
  series: readonly RateSeries[]
}

interface DrawnSeries {
  name: string
  index: number
  total: number
  points: LogPoint[]
  dropped: Dropped
  slopeText?: string
  line?: LogLine
  floor?: number
}

interface Scene {
  series: DrawnSeries[]
  x: LogInterval
  y: LogInterval
  frame: Frame
}

const labelSize = 12
/** With more fitted lines than this their labels would crowd: the legend carries the slopes. */
const mostLabels = 4

/**
 * Draws measurements against the approach parameter on log–log axes, each with its fitted line.
 *
 * The line is solid over the fit's window, which is shaded, and dashed beyond it; a precision floor is a grey band.
 * Values that are zero, negative or not finite are left out and counted in a note.
 *
 * @param data series of equally long `t` and `values`, in the units named by the labels.
 * @returns an `<svg>` element as a string.
 * @throws RangeError when a series' columns differ in length or a window is not increasing and positive.
 * Source: arXiv 2606.05957, row A2 (the slope of log F against log t).
 * @example
 * ```ts
 * import { rateChart } from '@dead-directions/plot'
 * import { nodeDocument } from '@dead-directions/plot/node'
 * const t = [1e-4, 1e-3, 1e-2, 1e-1]
 * const fit = { rate: 2, standardError: 0.001, coefficient: 4, window: [1e-4, 1e-2] } as const
 * const svg = rateChart(
 *   { title: 'Fisher decay', xLabel: 't', yLabel: 'F', series: [{ name: 'F', t, values: t.map(s => 4 * s * s), fit }] },
 *   { document: nodeDocument() },
 * )
 * ```
 */
export const rateChart = (data: RateChartData, options: ChartOptions = {}): string => {
  const series = data.series.map(readSeries)
  const frame = frameOf(options, 270)
  const notes = series.flatMap(({ name, dropped, total }) => droppedNote(name, dropped, total))
  const common = { title: data.title, description: description(data, series), xLabel: data.xLabel, yLabel: data.yLabel, frame, notes }
  if (series.every(({ points }) => points.length === 0)) {
    const message = series.length === 0 ? 'Nothing to draw: no series was given.' : 'Nothing to draw: no value is positive and finite.'
    return drawPicture({ ...common, legend: [], plot: { axis: null, marks: [frameMark({ strokeOpacity: 0.3 }), emptyMark(message, frame)] } }, options)
  }
  const scene = sceneOf(series, frame)
  const labels = placedLabels(scene)
  return drawPicture({ ...common, legend: legend(scene, labels), plot: plotOf(scene, labels) }, options)
}

const readSeries = ({ name, t, values, fit, floor }: RateSeries, index: number): DrawnSeries => {
  checkLengths(`series[${index}].values`, values.length, t.length)
  const line = fit === undefined ? undefined : logLine(`series[${index}].fit`, fit)
  return {
    name,
    index,
    total: t.length,
    ...logPoints(t, values),
    ...(fit === undefined ? {} : { slopeText: `slope ${rateText(fit.rate, fit.standardError)}` }),
    ...(line === undefined ? {} : { line }),
    ...(floor !== undefined && floor > 0 && Number.isFinite(floor) ? { floor: Math.log10(floor) } : {}),
  }
}

const sceneOf = (series: DrawnSeries[], frame: Frame): Scene => {
  const lines = series.flatMap(({ line }) => (line === undefined ? [] : [line]))
  const heights = [
    ...series.flatMap(({ points }) => points.map(point => point.y)),
    ...lines.flatMap(line => line.window.map(x => heightAt(line, x))),
  ]
  const lowest = heights.reduce((low, height) => Math.min(low, height))
  // A floor far under the data would squash it: three decades below, the legend's words are enough.
  const floors = series.flatMap(({ floor }) => (floor !== undefined && floor > lowest - 3 ? [floor] : []))
  return {
    series,
    frame,
    x: decadeInterval([...series.flatMap(({ points }) => points.map(point => point.x)), ...lines.flatMap(line => line.window)]),
    y: decadeInterval([...heights, ...floors]),
  }
}

const plotOf = ({ series, x, y, frame }: Scene, labels: PlacedLabel[]): PlotOptions => ({
  x: decadeAxis(x, { along: 'x', length: frame.width, beyond: frame.marginRight }),
  y: { ...decadeAxis(y, { along: 'y', length: frame.height }), grid: true },
  marks: [
    ...windowMarks(series),
    ...floorMarks(series, y),
    frameMark({ strokeOpacity: 0.3 }),
    ...series.flatMap(one => lineMarks(one, x, y)),
    ...series.map(pointMarks),
    ...labels.map(labelMark),
  ],
})

const windowMarks = (series: readonly DrawnSeries[]): Markish[] => {
  const windows = new Map(series.flatMap(({ line }) => (line === undefined ? [] : [[line.window.join(), line.window] as const])))
  return Array.from(windows.values(), ([x1, x2]) =>
    rect([0], { x1: [x1], x2: [x2], fill: 'currentColor', fillOpacity: 0.07, ariaDescription: 'fit window' }),
  )
}

const floorMarks = (series: readonly DrawnSeries[], [bottom, top]: LogInterval): Markish[] =>
  series.flatMap(({ floor, index }) =>
    floor === undefined || floor <= bottom
      ? []
      : [
          rect([0], { y1: [bottom], y2: [Math.min(floor, top)], fill: 'currentColor', fillOpacity: 0.12, ariaDescription: 'below precision floor' }),
          ruleY([Math.min(floor, top)], { stroke: seriesColour(index), strokeDasharray: '1.5 3', strokeWidth: 1.5, ariaDescription: 'precision floor' }),
        ],
  )

const lineMarks = ({ line, index, name }: DrawnSeries, x: LogInterval, y: LogInterval): Markish[] => {
  if (line === undefined) return []
  const { inside, outside } = fitSegments(line, x, y)
  const style = { x1: 'x1', y1: 'y1', x2: 'x2', y2: 'y2', stroke: seriesColour(index), strokeWidth: 2 }
  return [
    link(outside, { ...style, strokeDasharray: '5 4', strokeOpacity: 0.75, ariaDescription: `extrapolation of ${name}` }),
    link(inside, { ...style, ariaDescription: `fit of ${name}` }),
  ]
}

const pointMarks = ({ points, index, name }: DrawnSeries): Markish =>
  dot(points, {
    x: 'x',
    y: 'y',
    r: 3.5,
    symbol: seriesSymbol(index),
    ...ink(seriesColour(index)),
    ariaDescription: `measurements of ${name}`,
    title: (point: LogPoint) => `${name}: ${numberText(point.value, 6)} at ${numberText(point.t, 6)}`,
  })

interface PlacedLabel {
  index: number
  words: string
  left: number
  top: number
}

const placedLabels = ({ series, x, y, frame }: Scene): PlacedLabel[] => {
  const px = (at: number) => ((at - x[0]) / (x[1] - x[0])) * frame.width
  const py = (at: number) => ((y[1] - at) / (y[1] - y[0])) * frame.height
  const walk = ({ x1, y1, x2, y2 }: Segment, steps: number) =>
    Array.from({ length: steps + 1 }, (_, i) => [px(x1 + ((x2 - x1) * i) / steps), py(y1 + ((y2 - y1) * i) / steps)] as const)
  const drawn = series.flatMap(({ line, index, name, slopeText }) => {
    if (line === undefined || slopeText === undefined) return []
    const { inside, outside } = fitSegments(line, x, y)
    return [{ index, words: `${shorten(name, 18)}: ${slopeText}`, inside, segments: [...inside, ...outside] }]
  })
  if (drawn.length > mostLabels) return []
  const obstacles = [
    ...series.flatMap(({ points }) => points.map(point => [px(point.x), py(point.y)] as const)),
    ...drawn.flatMap(({ segments }) => segments.flatMap(segment => walk(segment, 80))),
    ...series.flatMap(({ floor }) => (floor === undefined ? [] : walk({ x1: x[0], y1: floor, x2: x[1], y2: floor }, 60))),
  ]
  const requests = drawn.map(({ words, inside }) => ({
    width: textWidth(words, labelSize),
    height: labelSize + 3,
    anchors: inside.flatMap(segment => fromMiddle(walk(segment, 12))),
  }))
  const box: Box = { left: 2, top: 2, right: frame.width - 2, bottom: frame.height - 2 }
  return placeLabels(requests, obstacles, box).flatMap((place, i) => {
    const label = drawn[i]
    return place === undefined || label === undefined ? [] : [{ index: label.index, words: label.words, left: place.left, top: place.top }]
  })
}

const fromMiddle = <T>(items: readonly T[]): T[] => {
  const middle = (items.length - 1) / 2
  return items
    .map((item, i) => ({ item, distance: Math.abs(i - middle) }))
    .sort((a, b) => a.distance - b.distance)
    .map(({ item }) => item)
}

const labelMark = ({ words, left, top }: PlacedLabel): Markish =>
  text([words], {
    frameAnchor: 'top-left',
    textAnchor: 'start',
    lineAnchor: 'top',
    dx: left,
    dy: top + 1,
    fontSize: labelSize,
    fill: 'currentColor',
    ariaDescription: 'slope',
  })

const legend = ({ series, y }: Scene, labels: readonly PlacedLabel[]): LegendItem[] => {
  const labelled = new Set(labels.map(({ index }) => index))
  const items: LegendItem[] = series.map(({ name, index, points, slopeText }) => ({
    key: { kind: 'symbol', symbol: seriesSymbol(index), colour: seriesColour(index) },
    label: points.length === 0 ? `${name} (nothing to draw)` : slopeText === undefined || labelled.has(index) ? name : `${name}: ${slopeText}`,
  }))
  if (series.some(({ line }) => line !== undefined)) {
    items.push({ key: { kind: 'band', colour: 'currentColor' }, label: 'fit window' })
    items.push({ key: { kind: 'line', colour: 'currentColor', dash: '5 4' }, label: 'fit extended' })
  }
  for (const floor of new Set(series.flatMap(({ floor }) => (floor === undefined ? [] : [floor])))) {
    const owners = series.filter(one => one.floor === floor)
    const whose = owners.length === series.length ? '' : ` of ${owners.map(({ name }) => name).join(', ')}`
    items.push({
      key: { kind: 'line', colour: whose === '' ? 'currentColor' : seriesColour(owners[0]?.index ?? 0), dash: '1.5 3' },
      label: `precision floor${whose} ${numberText(10 ** floor, 2)}${floor > y[0] ? '' : ' (below the picture)'}`,
    })
  }
  return items
}

const description = ({ xLabel, yLabel }: RateChartData, series: readonly DrawnSeries[]): string =>
  [
    `Log–log chart of ${yLabel} against ${xLabel}.`,
    ...series.map(({ name, points, slopeText, line, floor }) =>
      [
        `${name}: ${points.length} measurements drawn`,
        ...(slopeText === undefined ? [] : [`fitted ${slopeText}`]),
        ...(line === undefined ? [] : [`fit window ${line.window.map(x => numberText(10 ** x)).join(' to ')}`]),
        ...(floor === undefined ? [] : [`precision floor ${numberText(10 ** floor, 2)}`]),
      ].join(', ').concat('.'),
    ),
  ].join(' ')
