import type { DemoMeta } from '../shell/meta-schema.ts'

export const meta: DemoMeta = {
  name: 'kl-landscape',
  title: 'Divergence and Fisher decay',
  summary: 'Drag θ towards the true parameter at 0: the divergence K flattens, the Fisher form F dies, and the slope of log F settles at 2(k - 1).',
  rows: 'A1, A2, A4',
  parameters: [
    {
      kind: 'choice',
      name: 'family',
      label: 'Statistical model',
      options: [
        { value: 'curve', label: 'Gaussian location along θ^k' },
        { value: 'mixture', label: 'Gaussian mixture, weight and mean vanish' },
      ],
      default: 'curve',
    },
    { kind: 'number', name: 'k', label: 'Order k of the curve', min: 1, max: 5, step: 1, default: 2 },
    { kind: 'number', name: 'theta', label: 'Distance θ from the truth', min: 1e-4, max: 0.7943282, step: 0.1, scale: 'log', default: 0.501187 },
  ],
  play: { parameter: 'theta', backwards: true },
}
