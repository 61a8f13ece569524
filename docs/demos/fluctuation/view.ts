import { curveChart } from '@dead-directions/plot'
import type { Draw } from '../shell/reading.ts'
import type { FluctuationOutcome, FluctuationState } from './model.ts'

export const draw: Draw<FluctuationState, FluctuationOutcome> = ({ posterior, curve, estimate }, { k, noise }, canvas) => [
  {
    svg: curveChart(
      {
        title: 'ν against k',
        x: { label: 'order k', domain: [0.5, 8.5] },
        y: { label: 'singular fluctuation ν', domain: [0, 0.58] },
        series: [
          { name: 'ν', x: curve.k, y: curve.nu, style: 'points' },
          { name: 'frozen at Z = 0', x: curve.k, y: curve.frozen, style: 'dashed' },
        ],
        marked: { name: 'sampled', x: k, y: estimate },
      },
      canvas,
    ),
  },
  {
    svg: curveChart(
      { title: `Posterior at Z = ${noise}`, x: { label: 'rescaled parameter η' }, y: { label: 'density π_Z(η)' }, series: [{ name: 'π_Z', x: posterior.eta, y: posterior.density, style: 'shaded below' }] },
      canvas,
    ),
  },
]
