import type { DemoMeta } from '../shell/meta-schema.ts'

export const meta: DemoMeta = {
  name: 'curvature-volume',
  title: 'Curvature and the volume of its tube',
  summary: 'Towards a dead direction the statistical manifold curves without bound. The tube where the curvature exceeds M thins out as M grows, at a rate that tells the same k.',
  rows: 'A5, A6, A7',
  parameters: [
    { kind: 'number', name: 'k', label: 'Order k', min: 2, max: 5, step: 1, default: 2 },
    { kind: 'number', name: 'bound', label: 'Curvature bound M', min: 100, max: 1e6, step: 0.25, scale: 'log', default: 1000 },
  ],
  play: { parameter: 'bound' },
}
