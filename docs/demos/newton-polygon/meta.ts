import type { DemoMeta } from '../shell/meta-schema.ts'

export const meta: DemoMeta = {
  name: 'newton-polygon',
  title: 'Threshold of a polynomial',
  summary: 'Write a divergence K as a polynomial, zero at the origin and never negative: λ and m are read off where the diagonal enters its Newton polygon.',
  rows: 'B4, B8',
  parameters: [
    { kind: 'text', name: 'divergence', label: 'Divergence K', default: 'x^2*y^2 + x^6 + y^6', longest: 120 },
    { kind: 'number', name: 'h', label: 'Prior order along the first variable', min: 0, max: 6, step: 1, default: 0 },
    { kind: 'number', name: 'g', label: 'Prior order along the second', min: 0, max: 6, step: 1, default: 0 },
  ],
  play: { parameter: 'h', period: 700 },
  single: true,
}
