import type { DemoMeta } from '../shell/meta-schema.ts'

export const meta: DemoMeta = {
  name: 'fluctuation',
  title: 'Singular fluctuation',
  summary: 'The posterior along a dead direction of order k, at one draw Z of the noise. Its variance, averaged over the noise, is ν(k), which is no monotone function of k.',
  rows: 'B6',
  parameters: [
    { kind: 'number', name: 'k', label: 'Order k', min: 1, max: 8, step: 1, default: 2 },
    { kind: 'number', name: 'noise', label: 'Noise Z', min: -5, max: 5, step: 0.25, default: 1.5 },
    { kind: 'number', name: 'draws', label: 'Draws of Z in the estimate', min: 100, max: 6400, step: 100, default: 1000 },
    { kind: 'seed', name: 'seed', label: 'Seed of the draws', default: 1 },
  ],
  play: { parameter: 'k', period: 700 },
}
