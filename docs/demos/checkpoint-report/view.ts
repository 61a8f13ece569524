import { rateChart, spectrumChart } from '@dead-directions/plot'
import type { ChannelReading } from '@dead-directions/readout'
import type { Canvas, Draw, Picture } from '../shell/reading.ts'
import type { ReportOutcome, ReportState } from './model.ts'

/** More channels than this are listed, not drawn. */
const drawnChannels = 4

export const draw: Draw<ReportState, ReportOutcome> = ({ report }, _state, canvas) => [
  ...report.channels.slice(0, drawnChannels).map((channel, i) => channelPicture(channel, i, canvas)),
  ...(['activation', 'gradient'] as const).map(side => ({
    svg: spectrumChart(
      {
        title: side === 'activation' ? 'Spectra of activations' : 'Spectra of output gradients',
        layers: report.layers.map(({ name, spectrum }) => ({ name, values: spectrum[side], floor: (spectrum[side][0] ?? 0) * report.epsilon })),
      },
      canvas,
    ),
  })),
]

function channelPicture({ label, curves }: ChannelReading, i: number, canvas: Canvas): Picture {
  const series = curves.slice(0, 2).map(({ name, t, values, fit }) => ({
    name,
    t,
    values,
    ...(fit === null ? {} : { fit: { rate: fit.rate, standardError: fit.standardError, coefficient: fit.coefficient, window: fit.window } }),
  }))
  return { svg: rateChart({ title: `Channel ${i + 1}: ${label}`, xLabel: 'distance t from the singular point', yLabel: 'Fisher form and divergence', series }, canvas) }
}
