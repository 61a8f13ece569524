import { areaY, dot, frame as frameMark, line, type Markish, type PlotOptions, text } from '@observablehq/plot'
import { decadeAxis, decadeInterval, type LabelRow } from './decades.ts'
import { checkLengths } from './drawable.ts'
import { ink, type LegendItem } from './legend.ts'
import { numberText } from './number-text.ts'
import { seriesColour, seriesSymbol } from './palette.ts'
import { type ChartOptions, drawPicture, emptyMark, type Frame, frameOf } from './picture.ts'

/** How a curve is drawn: a line, a dashed line, separate points, or a line with everything above or below it shaded. */
export type CurveStyle = 'line' | 'dashed' | 'points' | 'shaded above' | 'shaded below'

/** One curve. */
export interface CurveSeries {
  name: string
  x: ArrayLike<number>
  /** As many as `x` has. */
  y: ArrayLike<number>
  /** Default `line`. */
  style?: CurveStyle
}

/** An axis of a {@link curveChart}. */
export interface CurveAxis {
  /** Name and unit. */
  label: string
  /** Default `linear`. */
  scale?: 'linear' | 'log'
  /** Ends of the axis; around the values by default. */
  domain?: readonly [number, number]
}

/** Content of {@link curveChart}. */
export interface CurveChartData {
  title: string
  x: CurveAxis
  y: CurveAxis
  series: readonly CurveSeries[]
  /** A point that stands out, with its name. */
  marked?: { name: string; x: number; y: number }
}

interface Place {
  x: number
  y: number
  told: string
}

interface DrawnCurve {
  name: string
  index: number
  style: CurveStyle
  places: Place[]
  missing: number
}

const dash = '6 4'

/**
 * Draws curves on linear or logarithmic axes, with one point that stands out.
 *
 * Points outside a given domain are left out, and so are those that an axis cannot show, which are counted in a note.
 *
 * @param data curves of equally long `x` and `y`, in the units named by the axes
 * @returns an `<svg>` element as a string
 * @throws RangeError when a curve's columns differ in length
 * @example
 * ```ts
 * import { curveChart } from '@dead-directions/plot'
 * import { nodeDocument } from '@dead-directions/plot/node'
 * const x = [-1, -0.5, 0, 0.5, 1]
 * const svg = curveChart(
 *   { title: 'K', x: { label: 'θ' }, y: { label: 'K (nats)' }, series: [{ name: 'K', x, y: x.map(v => v ** 4) }], marked: { name: 'θ', x: 0.5, y: 0.0625 } },
 *   { document: nodeDocument() },
 * )
 * ```
 */
export const curveChart = (data: CurveChartData, options: ChartOptions = {}): string => {
  const frame = frameOf(options, 250)
  const [toX, toY] = [position(data.x), position(data.y)]
  const inside = (place: Place): boolean => within(data.x, place.x) && within(data.y, place.y)
  const curves = data.series.map((series, index) => drawn(series, index, toX, toY)).map(curve => ({ ...curve, places: curve.places.filter(inside), all: curve.places.length }))
  const marked = data.marked === undefined ? [] : [{ x: toX(data.marked.x), y: toY(data.marked.y), told: data.marked.name }].filter(isFinitePlace)
  const common = {
    title: data.title,
    xLabel: data.x.label,
    yLabel: data.y.label,
    description: description(data, curves),
    frame,
    notes: curves.flatMap(({ name, missing, all }) => (missing === 0 ? [] : [`${name}: ${missing} of ${missing + all} points not drawn.`])),
  }
  const all = [...curves.flatMap(({ places }) => places), ...marked]
  if (all.length === 0) {
    return drawPicture({ ...common, legend: [], plot: { axis: null, marks: [frameMark({ strokeOpacity: 0.3 }), emptyMark('Nothing to draw: no point has a place on the axes.', frame)] } }, options)
  }
  const [x, y] = [domain(data.x, all.map(place => place.x)), domain(data.y, all.map(place => place.y))]
  const plot: PlotOptions = {
    x: { ...axis(data.x, x, { along: 'x', length: frame.width, beyond: frame.marginRight }), grid: false },
    y: axis(data.y, y, { along: 'y', length: frame.height }),
    marks: [frameMark({ strokeOpacity: 0.3 }), ...curves.flatMap(curve => curveMarks(curve, y)), ...markedPoint(marked, frame, x)],
  }
  return drawPicture({ ...common, legend: curves.map(legendOf), plot }, options)
}

const position = ({ scale }: CurveAxis): ((value: number) => number) => (scale === 'log' ? value => (value > 0 ? Math.log10(value) : NaN) : value => value)

const isFinitePlace = ({ x, y }: Place): boolean => Number.isFinite(x) && Number.isFinite(y)

const drawn = ({ name, x, y, style = 'line' }: CurveSeries, index: number, toX: (v: number) => number, toY: (v: number) => number): DrawnCurve => {
  checkLengths(`series[${index}].y`, y.length, x.length)
  const places = Array.from({ length: x.length }, (_, i): Place => {
    const [a, b] = [x[i] as number, y[i] as number]
    return { x: toX(a), y: toY(b), told: `${name}: ${numberText(b, 6)} at ${numberText(a, 6)}` }
  }).filter(isFinitePlace)
  return { name, index, style, places, missing: x.length - places.length }
}

const within = ({ scale, domain: given }: CurveAxis, value: number): boolean => {
  if (given === undefined) return true
  const [low, high] = scale === 'log' ? given.map(Math.log10) : given
  return value >= (low as number) - 1e-9 && value <= (high as number) + 1e-9
}

const domain = ({ scale, domain: given }: CurveAxis, values: readonly number[]): [number, number] => {
  if (given !== undefined) return scale === 'log' ? [Math.log10(given[0]), Math.log10(given[1])] : [given[0], given[1]]
  if (scale === 'log') return [...decadeInterval(values)]
  const low = values.reduce((a, b) => Math.min(a, b))
  const high = values.reduce((a, b) => Math.max(a, b))
  const margin = high > low ? 0.06 * (high - low) : 0.5 * Math.max(Math.abs(high), 1)
  return [low - margin, high + margin]
}

const axis = ({ scale }: CurveAxis, ends: [number, number], row: LabelRow): object =>
  scale === 'log'
    ? { ...decadeAxis(ends, row), grid: true }
    : { type: 'linear', domain: ends, ticks: row.along === 'x' ? Math.floor(row.length / 60) : 7, label: null, grid: true }

const curveMarks = ({ name, index, style, places }: DrawnCurve, [bottom, top]: readonly [number, number]): Markish[] => {
  const stroke = seriesColour(index)
  const told = (place: Place): string => place.told
  if (style === 'points') {
    return [dot(places, { x: 'x', y: 'y', r: 4, symbol: seriesSymbol(index), ...ink(stroke), ariaDescription: `points of ${name}`, title: told })]
  }
  const curve = line(places, { x: 'x', y: 'y', stroke, strokeWidth: 2, ...(style === 'dashed' ? { strokeDasharray: dash } : {}), ariaDescription: `curve of ${name}` })
  if (style === 'line' || style === 'dashed') return [curve]
  const [edge, side] = style === 'shaded above' ? ([top, 'above'] as const) : ([bottom, 'below'] as const)
  return [areaY(places, { x: 'x', y1: 'y', y2: () => edge, fill: stroke, fillOpacity: 0.12, ariaDescription: `${side} ${name}` }), curve]
}

const markedPoint = (marked: readonly Place[], frame: Frame, [left, right]: readonly [number, number]): Markish[] =>
  marked.flatMap(place => {
    const onTheRight = (place.x - left) / (right - left) > 0.6
    return [
      dot([place], { x: 'x', y: 'y', r: 7, fill: 'var(--dd-paper)', stroke: 'currentColor', strokeWidth: 2.5, ariaDescription: 'marked point', title: (one: Place) => one.told }),
      text([place], {
        x: 'x',
        y: 'y',
        text: 'told',
        dx: onTheRight ? -12 : 12,
        dy: -12,
        textAnchor: onTheRight ? 'end' : 'start',
        fill: 'currentColor',
        fontWeight: 600,
        stroke: 'var(--dd-paper)',
        strokeWidth: 4,
        lineWidth: frame.width,
        ariaDescription: 'marked point',
      }),
    ]
  })

const legendOf = ({ name, index, style }: DrawnCurve): LegendItem => ({
  label: name,
  key:
    style === 'points'
      ? { kind: 'symbol', symbol: seriesSymbol(index), colour: seriesColour(index) }
      : { kind: 'line', colour: seriesColour(index), ...(style === 'dashed' ? { dash } : {}) },
})

const description = ({ x, y, marked }: CurveChartData, curves: readonly DrawnCurve[]): string =>
  [
    `${y.label} against ${x.label}${x.scale === 'log' ? ', logarithmic' : ''}${y.scale === 'log' ? ', values logarithmic' : ''}.`,
    ...curves.map(({ name, places }) => `${name}: ${places.length} points.`),
    ...(marked === undefined ? [] : [`Marked: ${marked.name}, ${numberText(marked.y, 4)} at ${numberText(marked.x, 4)}.`]),
  ].join(' ')
