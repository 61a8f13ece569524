import { curveChart } from '@dead-directions/plot'
import { frameEdges } from '../shell/frame-edges.ts'
import type { Draw } from '../shell/reading.ts'
import type { RegimeOutcome, RegimeState } from './model.ts'

export const draw: Draw<RegimeState, RegimeOutcome> = ({ t, moments, slopes, levels, here }, { t: chosen }, canvas) => {
  const ends = [t[0]!, t.at(-1)!] as const
  const drag = { parameter: 't', ...frameEdges(canvas), from: ends[0], to: ends[1], scale: 'log' as const }
  const at = Math.min(ends[1], Math.max(ends[0], chosen))
  const x = { label: 'approach t, logarithmic', scale: 'log' as const, domain: ends }
  return [
    {
      svg: curveChart(
        {
          title: 'Local slope',
          x,
          y: { label: 'd log moment / d log t', domain: [Math.min(...levels) - 0.5, Math.max(...levels) + 0.5] },
          series: [
            { name: 'slope', x: slopes.t, y: slopes.slope },
            ...levels.map(level => ({ name: `slope ${level}`, x: ends, y: [level, level], style: 'dashed' as const })),
          ],
          marked: { name: 't', x: at, y: here.slope },
        },
        canvas,
      ),
      drag,
    },
    {
      svg: curveChart({ title: 'Second moment of the dead entry', x, y: { label: 'moment, logarithmic', scale: 'log' }, series: [{ name: 'moment', x: t, y: moments }], marked: { name: 't', x: at, y: here.moment } }, canvas),
      drag,
    },
  ]
}
