import type { Draw } from '../shell/reading.ts'
import { type Skip, skipsText, toggled } from './graph.ts'
import type { GraphOutcome, GraphState } from './model.ts'

const radius = 15

export const draw: Draw<GraphState, GraphOutcome> = ({ skips, rates, path }, { layers }, { width }) => {
  const place = (i: number): number => radius + 6 + (i * (width - 2 * radius - 12)) / layers
  const level = 34 + arch(layers, width)
  const height = level + 74
  const same = (a: Skip) => (b: Skip) => a.from === b.from && a.to === b.to
  const candidates = Array.from({ length: layers }, (_, from) => Array.from({ length: layers - from }, (_, d) => ({ from, to: from + d + 1 }))).flat()
  const arcs = candidates.map(skip => arc(skip, skips.some(same(skip)), path.some(same(skip)) && skips.some(same(skip)), skipsText(toggled(skips, skip)), place, level, width))
  const chain = Array.from({ length: layers }, (_, i) => edge(place(i) + radius, place(i + 1) - radius, level, path.some(same({ from: i, to: i + 1 })) && !skips.some(same({ from: i, to: i + 1 }))))
  const nodes = Array.from({ length: layers + 1 }, (_, i) => node(place(i), level, i === 0 ? 'in' : String(i), i === 0 ? '' : String(2 * (rates[i] as number))))
  const svg = `<svg class="dd-chart graph" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="group" aria-label="Layers and skips" font-family="system-ui, sans-serif" font-size="13"><style>${style}</style>${arcs.join('')}${chain.join('')}${nodes.join('')}<text x="4" y="${height - 22}" fill="currentColor">below each layer: its gradient rate</text><text x="4" y="${height - 6}" fill="currentColor">bold: a shortest path</text></svg>`
  return [{ svg }]
}

const style =
  ':where(svg.dd-chart:root){color-scheme:light dark}:where(.dd-chart){--dd-ink:light-dark(#1b1f24,#e6e8eb);--dd-paper:light-dark(#ffffff,#14171b);--dd-series-1:light-dark(#373ce3,#8b65f4);--dd-series-2:light-dark(#9e2800,#ff8806);color:var(--dd-ink);background:var(--dd-paper);height:auto}'

/** Height of the arc over a number of layers. */
function arch(span: number, width: number): number {
  return Math.min(34 * span, (0.32 * width * span) / 3, 150)
}

function arc(skip: Skip, active: boolean, bold: boolean, next: string, place: (i: number) => number, level: number, width: number): string {
  const [x1, x2] = [place(skip.from), place(skip.to)]
  const d = `M${x1.toFixed(1)} ${level - radius}C${x1.toFixed(1)} ${(level - radius - arch(skip.to - skip.from, width) * 1.3).toFixed(1)} ${x2.toFixed(1)} ${(level - radius - arch(skip.to - skip.from, width) * 1.3).toFixed(1)} ${x2.toFixed(1)} ${level - radius}`
  const name = `skip from ${skip.from === 0 ? 'the input' : `layer ${skip.from}`} to layer ${skip.to}`
  return `<g role="checkbox" tabindex="0" aria-checked="${active}" data-set="${new URLSearchParams({ skips: next })}"><title>${name}</title><path d="${d}" fill="none" stroke="transparent" stroke-width="12"/><path d="${d}" fill="none" stroke="${active ? 'var(--dd-series-2)' : 'currentColor'}" stroke-width="${bold ? 4.5 : active ? 2.5 : 1}" ${active ? '' : 'stroke-dasharray="2 4" stroke-opacity="0.6"'}/></g>`
}

function edge(x1: number, x2: number, y: number, bold: boolean): string {
  return `<line x1="${x1.toFixed(1)}" x2="${x2.toFixed(1)}" y1="${y}" y2="${y}" stroke="var(--dd-series-1)" stroke-width="${bold ? 4.5 : 1.5}"/>`
}

function node(x: number, y: number, name: string, rate: string): string {
  return `<circle cx="${x.toFixed(1)}" cy="${y}" r="${radius}" fill="var(--dd-paper)" stroke="currentColor" stroke-width="1.5"/><text x="${x.toFixed(1)}" y="${y + 4.5}" text-anchor="middle" fill="currentColor">${name}</text><text x="${x.toFixed(1)}" y="${y + radius + 17}" text-anchor="middle" font-weight="600" fill="currentColor">${rate}</text>`
}
