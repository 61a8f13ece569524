import { dot, frame as frameMark, line, ruleY, type Markish, type PlotOptions } from '@observablehq/plot'
import { decadeAxis, decadeInterval } from './decades.ts'
import { checkLengths, droppedNote, halfLogPoints, type Dropped, type LogPoint } from './drawable.ts'
import { ink, type LegendItem } from './legend.ts'
import { numberText } from './number-text.ts'
import { seriesColour, seriesSymbol } from './palette.ts'
import { drawPicture, emptyMark, frameOf, type ChartOptions, type Frame } from './picture.ts'

/** Local slopes of one quantity along an approach, with the rate a theory predicts. */
export interface LocalSlopeSeries {
  name: string
  /** Approach parameter, positive. */
  t: ArrayLike<number>
  /** `d log value / d log t` at each `t`. */
  slopes: ArrayLike<number>
  predicted?: number
}

/** Content of {@link localSlopeChart}. */
export interface LocalSlopeChartData {
  /** Default "Local slope". */
  title?: string
  /** Name and unit of the approach parameter, default "approach t". */
  xLabel?: string
  series: readonly LocalSlopeSeries[]
}

interface DrawnSeries {
  name: string
  index: number
  total: number
  points: LogPoint[]
  dropped: Dropped
  predicted?: number
}

const dash = '6 4'

/**
 * Draws local slopes against the approach parameter on a logarithmic axis, predicted rates as dashed rules.
 *
 * Points with a `t` that is not positive or a slope that is not finite are left out and counted in a note.
 *
 * @param data series of equally long `t` and `slopes` (dimensionless).
 * @returns an `<svg>` element as a string.
 * @throws RangeError when a series' columns differ in length.
 * Source: arXiv 2606.05957, row A2 (d log F / d log t → 2(k−1)).
 * @example
 * ```ts
 * import { localSlopeChart } from '@dead-directions/plot'
 * import { nodeDocument } from '@dead-directions/plot/node'
 * const svg = localSlopeChart(
 *   { series: [{ name: 'F', t: [0.001, 0.01, 0.1], slopes: [2, 2.01, 2.1], predicted: 2 }] },
 *   { document: nodeDocument() },
 * )
 * ```
 */
export const localSlopeChart = (data: LocalSlopeChartData, options: ChartOptions = {}): string => {
  const frame = frameOf(options, 240)
  const series = data.series.map(readSeries)
  const xLabel = data.xLabel ?? 'approach t'
  const common = {
    title: data.title ?? 'Local slope',
    xLabel,
    yLabel: 'local slope d log value / d log t',
    description: description(xLabel, series),
    frame,
    notes: series.flatMap(one => droppedNote(one.name, one.dropped, one.total)),
  }
  if (series.every(({ points }) => points.length === 0)) {
    const message = emptyMark('Nothing to draw: no slope is finite at a positive t.', frame)
    return drawPicture({ ...common, legend: [], plot: { axis: null, marks: [frameMark({ strokeOpacity: 0.3 }), message] } }, options)
  }
  return drawPicture({ ...common, legend: series.flatMap(legendOf), plot: plotOf(series, frame) }, options)
}

const readSeries = ({ name, t, slopes, predicted }: LocalSlopeSeries, index: number): DrawnSeries => {
  checkLengths(`series[${index}].slopes`, slopes.length, t.length)
  const shown = predicted !== undefined && Number.isFinite(predicted) ? { predicted } : {}
  return { name, index, total: t.length, ...halfLogPoints(t, slopes), ...shown }
}

const plotOf = (series: readonly DrawnSeries[], frame: Frame): PlotOptions => {
  const points = series.flatMap(one => one.points)
  const x = decadeInterval(points.map(point => point.x))
  const y = slopeInterval([...points.map(point => point.y), ...series.flatMap(one => (one.predicted === undefined ? [] : [one.predicted]))])
  return {
    x: decadeAxis(x, { along: 'x', length: frame.width, beyond: frame.marginRight }),
    y: { type: 'linear', domain: y, ticks: 6, label: null, grid: true },
    marks: [frameMark({ strokeOpacity: 0.3 }), ...series.flatMap(ruleMarks), ...series.flatMap(slopeMarks)],
  }
}

const ruleMarks = ({ name, index, predicted }: DrawnSeries): Markish[] =>
  predicted === undefined
    ? []
    : [ruleY([predicted], { stroke: seriesColour(index), strokeDasharray: dash, strokeWidth: 1.75, ariaDescription: `predicted for ${name}` })]

const slopeMarks = ({ name, index, points }: DrawnSeries): Markish[] => [
  line([...points].sort((a, b) => a.x - b.x), {
    x: 'x',
    y: 'y',
    stroke: seriesColour(index),
    strokeOpacity: 0.6,
    ariaDescription: `local slope of ${name}`,
  }),
  dot(points, {
    x: 'x',
    y: 'y',
    r: 3.5,
    symbol: seriesSymbol(index),
    ...ink(seriesColour(index)),
    ariaDescription: `local slopes of ${name}`,
    title: (point: LogPoint) => `${name}: slope ${numberText(point.value, 6)} at ${numberText(point.t, 6)}`,
  }),
]

const legendOf = ({ name, index, points, predicted }: DrawnSeries): LegendItem[] => [
  {
    key: { kind: 'symbol', symbol: seriesSymbol(index), colour: seriesColour(index) },
    label: points.length === 0 ? `${name} (nothing to draw)` : name,
  },
  ...(predicted === undefined
    ? []
    : [{ key: { kind: 'line', colour: seriesColour(index), dash } as const, label: `predicted ${numberText(predicted)}` }]),
]

const description = (xLabel: string, series: readonly DrawnSeries[]): string =>
  [
    `Local slope against ${xLabel}, logarithmic in t.`,
    ...series.map(
      ({ name, points, predicted }) =>
        `${name}: ${points.length} slopes drawn${predicted === undefined ? '' : `, predicted ${numberText(predicted)}`}.`,
    ),
  ].join(' ')

/** Interval around the slopes, at least one half wide so that noise on a settled rate looks as small as it is. */
const slopeInterval = (slopes: readonly number[]): [number, number] => {
  const low = slopes.reduce((least, slope) => Math.min(least, slope))
  const high = slopes.reduce((most, slope) => Math.max(most, slope))
  const margin = Math.max(0.08 * (high - low), (0.5 - (high - low)) / 2, 0.05)
  return [low - margin, high + margin]
}
