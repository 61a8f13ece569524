import type { DemoMeta } from '../shell/meta-schema.ts'

export const meta: DemoMeta = {
  name: 'residual-graph',
  title: 'Skips and shortest paths',
  summary: 'Click an arc to add or remove a skip. Every layer costs one factor of t, a skip none: the gradient rate at a node is twice the shortest path to the output.',
  rows: 'C7, C8',
  parameters: [
    { kind: 'number', name: 'layers', label: 'Layers', min: 2, max: 6, step: 1, default: 5 },
    { kind: 'number', name: 'from', label: 'Path shown from layer', min: 1, max: 6, step: 1, default: 1 },
    { kind: 'text', name: 'skips', label: 'Skips, such as 1-3 2-4', default: '1-3', longest: 80 },
  ],
  play: { parameter: 'from', period: 900 },
  single: true,
}
