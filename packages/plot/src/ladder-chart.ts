import { axisX, axisY, dot, frame as frameMark, gridX, link, ruleX, ruleY, type Markish } from '@observablehq/plot'
import { ink, type LegendItem } from './legend.ts'
import { numberText, rateText } from './number-text.ts'
import { seriesColour, seriesSymbol } from './palette.ts'
import { drawPicture, emptyMark, frameOf, type ChartOptions } from './picture.ts'
import { shortenToWidth, textWidth } from './text-layout.ts'

/** A measured rate and its standard error. */
export interface MeasuredRate {
  value: number
  standardError: number
}

/** The two K-FAC rates of one layer, measured and predicted. */
export interface LadderLayer {
  name: string
  activationRate?: MeasuredRate
  gradientRate?: MeasuredRate
  predictedActivation?: number
  predictedGradient?: number
}

/** Content of {@link ladderChart}. */
export interface LadderChartData {
  title: string
  /** Layers from input to output. */
  layers: readonly LadderLayer[]
  /** Predicted sum of the two rates, the same at every layer. */
  total?: number
}

interface Rung {
  layer: string
  kind: number
  row: number
  value: number
  standardError: number
}

const kinds = ['activation rate', 'gradient rate', 'sum'] as const
const rowHeight = 44
/** Places of the three rates inside a layer's row, so that equal ones stay apart. */
const lanes = [-0.24, 0, 0.24] as const

/**
 * Draws the K-FAC ladder: activation and gradient rate of every layer and their sum, which duality makes constant.
 *
 * Measured rates are solid with a bar of two standard errors each way, predictions hollow, the predicted sum a dashed rule.
 * Rates that are not finite are left out and counted in a note.
 *
 * @param data layers from input to output; rates are dimensionless powers of t.
 * @returns an `<svg>` element as a string.
 * Source: arXiv 2606.05957, rows C2 and C3 (rates 2(ℓ−1) and 2(L−ℓ), sum 2(L−1)).
 * @example
 * ```ts
 * import { ladderChart } from '@dead-directions/plot'
 * import { nodeDocument } from '@dead-directions/plot/node'
 * const measured = (value: number) => ({ value, standardError: 0.01 })
 * const svg = ladderChart(
 *   {
 *     title: 'Ladder',
 *     layers: [
 *       { name: 'fc1', activationRate: measured(0), gradientRate: measured(2), predictedActivation: 0, predictedGradient: 2 },
 *       { name: 'fc2', activationRate: measured(2), gradientRate: measured(0), predictedActivation: 2, predictedGradient: 0 },
 *     ],
 *     total: 2,
 *   },
 *   { document: nodeDocument() },
 * )
 * ```
 */
export const ladderChart = (data: LadderChartData, options: ChartOptions = {}): string => {
  const { layers } = data
  const measured = layers.flatMap(measuredRungs)
  const predicted = layers.flatMap(predictedRungs)
  const total = data.total !== undefined && Number.isFinite(data.total) ? data.total : undefined
  const width = options.width ?? 480
  const widest = layers.reduce((most, { name }) => Math.max(most, textWidth(name, 13)), 0)
  const marginLeft = Math.ceil(Math.min(Math.max(widest + 16, 58), width * 0.3))
  const frame = frameOf(options, Math.max(140, layers.length * rowHeight), { marginLeft })
  const lost = layers.flatMap(lostRates)
  const common = {
    title: data.title,
    xLabel: 'rate (power of t)',
    yLabel: 'layer, input first',
    description: description(layers, total),
    frame,
    notes: lost.length === 0 ? [] : [`Not drawn, not finite: ${lost.join(', ')}.`],
  }
  if (measured.length + predicted.length === 0) {
    const message = emptyMark('Nothing to draw: no layer has a finite rate.', frame)
    return drawPicture({ ...common, legend: [], plot: { axis: null, marks: [frameMark({ strokeOpacity: 0.3 }), message] } }, options)
  }
  const plot = {
    x: { type: 'linear' as const, domain: rateInterval(measured, predicted, total), label: null },
    y: { type: 'linear' as const, domain: [layers.length - 0.5, -0.5], label: null },
    marks: [...scaffold(layers, marginLeft), ...totalMarks(total), ...rungMarks(measured, predicted)],
  }
  return drawPicture({ ...common, legend: legend(measured, predicted, total), plot }, options)
}

const finite = (rate: MeasuredRate | undefined): rate is MeasuredRate => rate !== undefined && Number.isFinite(rate.value)

const measuredRungs = ({ name, activationRate: a, gradientRate: g }: LadderLayer, position: number): Rung[] => {
  const rung = (kind: 0 | 1 | 2, rate: MeasuredRate): Rung => ({ layer: name, kind, row: position + lanes[kind], ...rate })
  const sum = finite(a) && finite(g) ? [rung(2, { value: a.value + g.value, standardError: Math.hypot(a.standardError, g.standardError) })] : []
  return [...(finite(a) ? [rung(0, a)] : []), ...(finite(g) ? [rung(1, g)] : []), ...sum]
}

const predictedRungs = ({ name, predictedActivation: a, predictedGradient: g }: LadderLayer, position: number): Rung[] =>
  ([[0, a], [1, g]] as const).flatMap(([kind, value]) =>
    value === undefined || !Number.isFinite(value) ? [] : [{ layer: name, kind, row: position + lanes[kind], value, standardError: 0 }],
  )

const lostRates = ({ name, activationRate, gradientRate, predictedActivation, predictedGradient }: LadderLayer): string[] =>
  (
    [
      ['activation rate', activationRate?.value],
      ['gradient rate', gradientRate?.value],
      ['predicted activation rate', predictedActivation],
      ['predicted gradient rate', predictedGradient],
    ] as const
  ).flatMap(([what, value]) => (value === undefined || Number.isFinite(value) ? [] : [`${what} of ${name}`]))

/** Reach of an error bar, two standard errors; an error that is not finite has no bar. */
const reach = ({ standardError }: Rung): number => (standardError > 0 && Number.isFinite(standardError) ? 2 * standardError : 0)

const rateInterval = (measured: readonly Rung[], predicted: readonly Rung[], total: number | undefined): [number, number] => {
  const ends = [
    ...[...measured, ...predicted].flatMap(rung => [rung.value - reach(rung), rung.value + reach(rung)]),
    ...(total === undefined ? [] : [total]),
    0,
  ]
  const low = ends.reduce((a, b) => Math.min(a, b))
  const high = ends.reduce((a, b) => Math.max(a, b))
  const margin = Math.max(0.07 * (high - low), 0.25)
  return [low - margin, high + margin]
}

const scaffold = (layers: readonly LadderLayer[], marginLeft: number): Markish[] => [
  ruleY(layers.slice(1).map((_, i) => i + 0.5), { stroke: 'currentColor', strokeOpacity: 0.15, ariaDescription: 'row' }),
  gridX(),
  frameMark({ strokeOpacity: 0.3 }),
  axisX({ label: null, ticks: 7 }),
  axisY(layers.map((_, i) => i), {
    label: null,
    tickSize: 0,
    tickFormat: (row: number) => shortenToWidth(layers[row]?.name ?? '', marginLeft - 12, 13),
    title: (row: number) => layers[row]?.name ?? '',
  }),
]

const totalMarks = (total: number | undefined): Markish[] =>
  total === undefined ? [] : [ruleX([total], { stroke: seriesColour(2), strokeDasharray: '6 4', strokeWidth: 1.75, ariaDescription: 'predicted sum' })]

const rungMarks = (measured: readonly Rung[], predicted: readonly Rung[]): Markish[] =>
  kinds.flatMap((name, kind) => {
    const style = { x: 'value', y: 'row', symbol: seriesSymbol(kind) } as const
    const solid = measured.filter(rung => rung.kind === kind)
    return [
      link(solid.filter(rung => reach(rung) > 0), {
        x1: (rung: Rung) => rung.value - reach(rung),
        x2: (rung: Rung) => rung.value + reach(rung),
        y1: 'row',
        y2: 'row',
        stroke: seriesColour(kind),
        strokeWidth: 2,
        ariaDescription: `error bars of ${name}`,
      }),
      dot(solid, {
        ...style, r: 4, ...ink(seriesColour(kind)), ariaDescription: `measured ${name}`,
        title: (rung: Rung) => `${rung.layer}: ${name} ${rateText(rung.value, rung.standardError)}`,
      }),
      dot(predicted.filter(rung => rung.kind === kind), {
        ...style, r: 7, ...ink(seriesColour(kind), true), ariaDescription: `predicted ${name}`,
        title: (rung: Rung) => `${rung.layer}: predicted ${name} ${numberText(rung.value, 6)}`,
      }),
    ]
  })

const legend = (measured: readonly Rung[], predicted: readonly Rung[], total: number | undefined): LegendItem[] => {
  const drawn = [...measured, ...predicted]
  return [
    ...kinds.flatMap((name, kind): LegendItem[] =>
      drawn.some(rung => rung.kind === kind)
        ? [{ key: { kind: 'symbol', symbol: seriesSymbol(kind), colour: seriesColour(kind) }, label: name }]
        : [],
    ),
    ...(predicted.length === 0 ? [] : [{ key: { kind: 'symbol', symbol: 'circle', colour: 'currentColor', hollow: true } as const, label: 'predicted' }]),
    ...(total === undefined ? [] : [{ key: { kind: 'line', colour: seriesColour(2), dash: '6 4' } as const, label: `predicted sum ${numberText(total)}` }]),
    ...(measured.some(rung => reach(rung) > 0) ? [{ key: { kind: 'line', colour: 'currentColor' } as const, label: '± 2 standard errors' }] : []),
  ]
}

const description = (layers: readonly LadderLayer[], total: number | undefined): string =>
  [
    `Activation and gradient rates of ${layers.length} layers${total === undefined ? '' : `, predicted sum ${numberText(total)}`}.`,
    ...layers.map(({ name, activationRate, gradientRate, predictedActivation, predictedGradient }) => {
      const told = (what: string, rate: MeasuredRate | undefined, predicted: number | undefined): string[] =>
        rate === undefined && predicted === undefined
          ? []
          : [`${what} ${rate === undefined ? 'not measured' : rateText(rate.value, rate.standardError)}${predicted === undefined ? '' : ` (predicted ${numberText(predicted)})`}`]
      return `${name}: ${[...told('activation', activationRate, predictedActivation), ...told('gradient', gradientRate, predictedGradient)].join(', ') || 'no rates'}.`
    }),
  ].join(' ')
