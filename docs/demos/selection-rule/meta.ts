import type { DemoMeta } from '../shell/meta-schema.ts'

export const meta: DemoMeta = {
  name: 'selection-rule',
  title: 'Smooth fibre or crossing',
  summary: 'The volume where K stays below ε shrinks as ε^λ. On a smooth fibre the directions add up, at a crossing the smallest exponent wins and ties bring logarithms.',
  rows: 'B1, B2, B4',
  parameters: [
    {
      kind: 'choice',
      name: 'shape',
      label: 'Shape of the divergence',
      options: [
        { value: 'fibre', label: 'Smooth fibre, K = x^2k₁ + y^2k₂' },
        { value: 'crossing', label: 'Crossing, K = x^2k₁ y^2k₂' },
      ],
      default: 'fibre',
    },
    { kind: 'number', name: 'k1', label: 'Order k₁ along x', min: 1, max: 4, step: 1, default: 2 },
    { kind: 'number', name: 'k2', label: 'Order k₂ along y', min: 1, max: 4, step: 1, default: 1 },
    { kind: 'number', name: 'h', label: 'Prior order h along x', min: 0, max: 3, step: 1, default: 0 },
    { kind: 'number', name: 'epsilon', label: 'Level ε', min: 1e-8, max: 0.1, step: 0.5, scale: 'log', default: 0.01 },
    { kind: 'seed', name: 'seed', label: 'Seed of the sampling', default: 1 },
  ],
  play: { parameter: 'epsilon', backwards: true },
}
