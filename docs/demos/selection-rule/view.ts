import { curveChart } from '@dead-directions/plot'
import { frameEdges } from '../shell/frame-edges.ts'
import type { Draw } from '../shell/reading.ts'
import type { SelectionOutcome, SelectionState } from './model.ts'

export const draw: Draw<SelectionState, SelectionOutcome> = ({ boundary, epsilons, volumes, invariants, fit, here }, { shape, epsilon }, canvas) => {
  const ends = [1e-8, 0.1] as const
  const region = curveChart(
    {
      title: `Where K < ${epsilon}`,
      x: { label: 'x', domain: [0, 1] },
      y: { label: 'y', domain: [0, 1] },
      series: [{ name: 'K = ε', x: boundary.x, y: boundary.y, style: 'shaded below' }],
    },
    canvas,
  )
  const law = curveChart(
    {
      title: `Volume against ε: λ = ${invariants.lambdaFraction}, m = ${invariants.multiplicity}`,
      x: { label: 'level ε, logarithmic', scale: 'log', ...(shape === 'fibre' ? { domain: ends } : {}) },
      y: { label: 'volume of {K < ε}, logarithmic', scale: 'log' },
      series: [
        { name: 'sampled', x: epsilons, y: volumes.map(({ value }) => value), style: 'points' },
        ...(fit === null ? [] : [{ name: 'fitted power, logarithm divided out', x: epsilons, y: epsilons.map(level => fit.coefficient * level ** fit.rate), style: 'dashed' as const }]),
      ],
      marked: { name: 'ε', x: epsilon, y: here.value },
    },
    canvas,
  )
  return [{ svg: region }, { svg: law, ...(shape === 'fibre' ? { drag: { parameter: 'epsilon', ...frameEdges(canvas), from: ends[0], to: ends[1], scale: 'log' as const } } : {}) }]
}
