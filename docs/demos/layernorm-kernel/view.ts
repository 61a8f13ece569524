import { curveChart, spectrumChart } from '@dead-directions/plot'
import type { Draw } from '../shell/reading.ts'
import type { KernelOutcome, KernelState } from './model.ts'

export const draw: Draw<KernelState, KernelOutcome> = ({ kernel, measured, spectrum }, { norm }, canvas) => {
  const channels = Array.from(kernel, (_, i) => i + 1)
  return [
    {
      svg: curveChart(
        {
          title: 'The direction of least variance',
          x: { label: 'channel', domain: [0.5, kernel.length + 0.5] },
          y: { label: 'entry of the unit direction' },
          series: [
            { name: 'measured on outputs', x: channels, y: measured, style: 'points' },
            { name: 'γ⁻¹/‖γ⁻¹‖, from the scales', x: channels, y: kernel, style: 'dashed' },
          ],
        },
        canvas,
      ),
    },
    { svg: spectrumChart({ title: 'Spectrum of the centred outputs', layers: [{ name: norm, values: spectrum, floor: spectrum[0]! * Number.EPSILON }] }, canvas) },
  ]
}
