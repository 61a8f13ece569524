import { curveChart } from '@dead-directions/plot'
import type { Draw } from '../shell/reading.ts'
import type { TrainingOutcome, TrainingState } from './model.ts'

export const draw: Draw<TrainingState, TrainingOutcome> = ({ snapshots }, _state, canvas) => {
  const steps = snapshots.map(({ step }) => step)
  const last = snapshots[0]!.spectrum.length - 1
  const ranks = [...new Set([0, 0.2, 0.4, 0.6, 0.8, 1].map(share => Math.round(share * last)))]
  const x = { label: 'training step', domain: [0, Math.max(...steps, 20)] as const }
  return [
    {
      svg: curveChart(
        {
          title: 'Singular values of the first weight',
          x,
          y: { label: 'singular value, logarithmic', scale: 'log' },
          series: [
            ...ranks.map(rank => ({ name: `σ${rank + 1}`, x: steps, y: snapshots.map(({ spectrum }) => spectrum[rank]!) })),
            { name: 'unseen direction', x: steps, y: snapshots.map(({ unseen }) => unseen), style: 'dashed' as const },
          ],
        },
        canvas,
      ),
    },
    {
      svg: curveChart(
        {
          title: 'Right answers',
          x,
          y: { label: 'share of pairs', domain: [-0.02, 1.02] },
          series: [
            { name: 'trained on', x: steps, y: snapshots.map(({ trained }) => trained) },
            { name: 'held out', x: steps, y: snapshots.map(({ heldOut }) => heldOut) },
          ],
        },
        canvas,
      ),
    },
  ]
}
