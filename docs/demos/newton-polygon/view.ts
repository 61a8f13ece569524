import { curveChart } from '@dead-directions/plot'
import type { Draw } from '../shell/reading.ts'
import type { NewtonOutcome, NewtonState, Polygon } from './model.ts'

export const draw: Draw<NewtonState, NewtonOutcome> = ({ polygon, result }, { h, g }, canvas) => {
  if (polygon === null) return []
  const end = 1.3 * Math.max(polygon.entry.a, polygon.entry.b, ...polygon.monomials.flatMap(({ a, b }) => [a, b]))
  const [first, second] = result.variables
  const boundary = extended(polygon, end)
  const far = end / Math.max(h + 1, g + 1)
  const svg = curveChart(
    {
      title: `Newton polygon: 1/t = λ = ${result.lambdaFraction}`,
      x: { label: `exponent of ${first}`, domain: [-0.04 * end, end] },
      y: { label: `exponent of ${second}`, domain: [-0.04 * end, end] },
      series: [
        { name: 'Newton polygon', x: boundary.map(({ a }) => a), y: boundary.map(({ b }) => b), style: 'shaded above' },
        { name: 'monomials on it', x: polygon.monomials.map(({ a }) => a), y: polygon.monomials.map(({ b }) => b), style: 'points' },
        { name: `ray through (${h + 1}, ${g + 1})`, x: [0, far * (h + 1)], y: [0, far * (g + 1)], style: 'dashed' },
      ],
      marked: { name: 'entry', x: polygon.entry.a, y: polygon.entry.b },
    },
    canvas,
  )
  return [{ svg }]
}

/** The boundary with its two unbounded edges. */
function extended({ boundary }: Polygon, far: number): Polygon['boundary'] {
  const [start, end] = [boundary[0]!, boundary.at(-1)!]
  return [{ a: start.a, b: Math.max(start.b, far) }, ...boundary, { a: Math.max(end.a, far), b: end.b }]
}
