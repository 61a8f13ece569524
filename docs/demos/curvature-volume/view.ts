import { curveChart } from '@dead-directions/plot'
import { frameEdges } from '../shell/frame-edges.ts'
import type { Draw } from '../shell/reading.ts'
import type { CurvatureOutcome, CurvatureState } from './model.ts'

export const draw: Draw<CurvatureState, CurvatureOutcome> = ({ t, curvature, bounds, fisherVolume, lebesgueVolume, edge }, { k, bound }, canvas) => [
  {
    svg: curveChart(
      {
        title: 'Curvature near the dead direction',
        x: { label: 'distance t, logarithmic', scale: 'log' },
        y: { label: '|sectional curvature|, logarithmic', scale: 'log' },
        series: [
          { name: 'measured', x: t, y: curvature.map(Math.abs), style: 'points' },
          { name: 't^(-2(k - 1))/k²', x: t, y: t.map(distance => distance ** (-2 * (k - 1)) / k ** 2), style: 'dashed' },
        ],
        marked: { name: 'edge of the tube', x: edge, y: bound },
      },
      canvas,
    ),
  },
  {
    svg: curveChart(
      {
        title: 'Volume of the tube',
        x: { label: 'bound M, logarithmic', scale: 'log', domain: [bounds[0]!, bounds.at(-1)!] },
        y: { label: 'volume per length of the fibre, logarithmic', scale: 'log' },
        series: [
          { name: 'Fisher', x: bounds, y: fisherVolume, style: 'points' },
          { name: 'Lebesgue', x: bounds, y: lebesgueVolume, style: 'points' },
        ],
      },
      canvas,
    ),
    drag: { parameter: 'bound', ...frameEdges(canvas), from: bounds[0]!, to: bounds.at(-1)!, scale: 'log' },
  },
]
