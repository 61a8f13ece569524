import { dot, frame as frameMark, line, type Markish, ruleX } from '@observablehq/plot'
import { ink, type LegendItem } from './legend.ts'
import { numberText } from './number-text.ts'
import { seriesColour, seriesSymbol } from './palette.ts'
import { type ChartOptions, drawPicture, emptyMark, frameOf } from './picture.ts'

/** Predictions of one kind beside their measurements. */
export interface AgreementSeries {
  name: string
  points: readonly { predicted: number; measured: number; standardError?: number; label?: string }[]
}

/** Content of {@link agreementChart}. */
export interface AgreementChartData {
  title: string
  /** Name and unit of what is predicted and measured. */
  quantity: string
  series: readonly AgreementSeries[]
}

type Drawn = AgreementSeries['points'][number]

/**
 * Draws measurements against predictions, with the diagonal on which they agree and bars of two standard errors.
 *
 * Points that are not finite are left out and counted in a note.
 *
 * @param data predictions and measurements in one unit
 * @returns an `<svg>` element as a string
 * @example
 * ```ts
 * import { agreementChart } from '@dead-directions/plot'
 * import { nodeDocument } from '@dead-directions/plot/node'
 * const svg = agreementChart(
 *   { title: 'Rates', quantity: 'rate', series: [{ name: 'forward', points: [{ predicted: 2, measured: 2.01 }] }] },
 *   { document: nodeDocument() },
 * )
 * ```
 */
export const agreementChart = ({ title, quantity, series }: AgreementChartData, options: ChartOptions = {}): string => {
  const frame = frameOf(options, 320)
  const finite = series.map(({ name, points }) => ({ name, points: points.filter(({ predicted, measured }) => Number.isFinite(predicted) && Number.isFinite(measured)) }))
  const all = finite.flatMap(({ points }) => points)
  const missing = series.reduce((total, { points }) => total + points.length, 0) - all.length
  const picture = {
    title,
    xLabel: `predicted ${quantity}`,
    yLabel: `measured ${quantity}`,
    description: `Measured against predicted ${quantity}: ${all.length} points, the furthest ${numberText(furthest(all))} from the diagonal.`,
    frame,
    notes: missing === 0 ? [] : [`${missing} of ${missing + all.length} points not drawn (not finite).`],
  }
  if (all.length === 0) {
    return drawPicture({ ...picture, legend: [], plot: { axis: null, marks: [frameMark({ strokeOpacity: 0.3 }), emptyMark('Nothing to draw: no point is finite.', frame)] } }, options)
  }
  const domain = interval(all)
  const axis = { type: 'linear', domain, ticks: 6, label: null, grid: true } as const
  const diagonal = line(domain.map(value => ({ x: value, y: value })), { x: 'x', y: 'y', stroke: 'currentColor', strokeOpacity: 0.5, strokeDasharray: '6 4', ariaDescription: 'where both agree' })
  const marks = [frameMark({ strokeOpacity: 0.3 }), diagonal, ...finite.flatMap(({ name, points }, i) => seriesMarks(name, points, i))]
  return drawPicture({ ...picture, legend: [...finite.map(legendOf), { key: { kind: 'line', colour: 'currentColor', dash: '6 4' }, label: 'where both agree' }], plot: { x: axis, y: axis, marks } }, options)
}

const seriesMarks = (name: string, points: readonly Drawn[], index: number): Markish[] => [
  ruleX(points, {
    x: 'predicted',
    y1: ({ measured, standardError = 0 }: Drawn) => measured - 2 * standardError,
    y2: ({ measured, standardError = 0 }: Drawn) => measured + 2 * standardError,
    stroke: seriesColour(index),
    ariaDescription: `errors of ${name}`,
  }),
  dot(points, {
    x: 'predicted',
    y: 'measured',
    r: 3.5,
    symbol: seriesSymbol(index),
    ...ink(seriesColour(index)),
    ariaDescription: name,
    title: ({ predicted, measured, label = name }: Drawn) => `${label}: predicted ${numberText(predicted, 6)}, measured ${numberText(measured, 6)}`,
  }),
]

const legendOf = ({ name }: { name: string }, index: number): LegendItem => ({ key: { kind: 'symbol', symbol: seriesSymbol(index), colour: seriesColour(index) }, label: name })

const furthest = (points: readonly Drawn[]): number => points.reduce((most, { predicted, measured }) => Math.max(most, Math.abs(predicted - measured)), 0)

/** Interval that holds every prediction and measurement, with a margin. */
const interval = (points: readonly Drawn[]): [number, number] => {
  const values = points.flatMap(({ predicted, measured }) => [predicted, measured])
  const low = values.reduce((least, value) => Math.min(least, value))
  const high = values.reduce((most, value) => Math.max(most, value))
  const margin = Math.max(0.05 * (high - low), 0.5)
  return [low - margin, high + margin]
}
