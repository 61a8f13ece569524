import { curveChart } from '@dead-directions/plot'
import type { Draw } from '../shell/reading.ts'
import type { RoutesOutcome, RoutesState } from './model.ts'

export const draw: Draw<RoutesState, RoutesOutcome> = ({ below, measured, values, scores }, { blocks }, canvas) => {
  const top = Math.max(...measured.filter(Number.isFinite), 8) + 4
  const svg = curveChart(
    {
      title: 'Gradient rate along the chain',
      x: { label: 'blocks p below', domain: [-0.4, blocks - 0.6] },
      y: { label: 'rate of the gradient’s second moment', domain: [-0.5, top] },
      series: [
        { name: 'measured', x: below, y: measured, style: 'points' },
        { name: 'through values and outputs, 4k', x: below, y: values, style: 'dashed' },
        { name: 'through scores, 4p + 8', x: below, y: scores, style: 'dashed' },
      ],
    },
    canvas,
  )
  return [{ svg }]
}
