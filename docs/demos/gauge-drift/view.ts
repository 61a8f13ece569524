import { curveChart } from '@dead-directions/plot'
import type { Draw } from '../shell/reading.ts'
import type { GaugeOutcome, GaugeState } from './model.ts'

/** What a logarithmic axis shows of a drift that is zero to rounding. */
const least = 1e-17

export const draw: Draw<GaugeState, GaugeOutcome> = ({ drift, losses }, _state, canvas) => {
  const steps = drift.adam.map((_, i) => i)
  const shown = (values: readonly number[]): number[] => values.map(value => Math.max(value, least))
  return [
    {
      svg: curveChart(
        {
          title: 'Drift of the moved path',
          x: { label: 'training step' },
          y: { label: 'relative distance, logarithmic', scale: 'log', domain: [least, 10] },
          series: [
            { name: 'Adam', x: steps, y: shown(drift.adam) },
            { name: 'DDCAdam', x: steps, y: shown(drift.ddcadam) },
          ],
        },
        canvas,
      ),
    },
    {
      svg: curveChart(
        {
          title: 'Loss',
          x: { label: 'training step' },
          y: { label: 'mean squared error' },
          series: [
            { name: 'Adam', x: steps, y: losses.adam },
            { name: 'Adam, moved', x: steps, y: losses.moved, style: 'dashed' },
            { name: 'DDCAdam, both', x: steps, y: losses.ddcadam },
          ],
        },
        canvas,
      ),
    },
  ]
}
