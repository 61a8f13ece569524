import { curveChart } from '@dead-directions/plot'
import type { Drag, Draw } from '../shell/reading.ts'
import { frameEdges } from '../shell/frame-edges.ts'
import type { KlOutcome, KlState } from './model.ts'

const ends = { linear: [0, 0.8], log: [1e-4, 0.8] } as const

export const draw: Draw<KlState, KlOutcome> = ({ t, divergence, fisher, landscape: even, fisherHere, divergenceHere }, { theta }, canvas) => {
  const drag = (scale: 'linear' | 'log'): Drag => ({ parameter: 'theta', ...frameEdges(canvas), from: ends[scale][0], to: ends[scale][1], scale })
  const landscape = curveChart(
    {
      title: 'The landscape',
      x: { label: 'distance θ from the truth', domain: ends.linear },
      y: { label: 'divergence K(θ), nats' },
      series: [{ name: 'K', x: even.theta, y: even.divergence }],
      marked: { name: 'θ', x: theta, y: divergenceHere },
    },
    canvas,
  )
  const decay = curveChart(
    {
      title: 'Fisher decay',
      x: { label: 'distance θ, logarithmic', scale: 'log', domain: ends.log },
      y: { label: 'F (nats per unit²) and K (nats), logarithmic', scale: 'log' },
      series: [
        { name: 'K', x: t, y: divergence },
        { name: 'F', x: t, y: fisher },
      ],
      marked: { name: 'F(θ)', x: theta, y: fisherHere },
    },
    canvas,
  )
  return [
    { svg: landscape, drag: drag('linear') },
    { svg: decay, drag: drag('log') },
  ]
}
