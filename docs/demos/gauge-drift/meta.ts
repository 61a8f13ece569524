import type { DemoMeta } from '../shell/meta-schema.ts'

export const meta: DemoMeta = {
  name: 'gauge-drift',
  title: 'Gauges and the optimizer',
  summary: 'Rescale or rotate hidden units: the loss stays where it is. Then train from both points. Adam’s paths drift apart, those of DDCAdam stay on one orbit.',
  rows: 'D1, D3, E',
  parameters: [
    { kind: 'choice', name: 'gauge', label: 'Move', options: [{ value: 'rescaling', label: 'rescale units of a ReLU layer' }, { value: 'rotation', label: 'rotate units of a linear layer' }], default: 'rescaling' },
    { kind: 'number', name: 'size', label: 'Size of the move', min: 0, max: 1.5, step: 0.1, default: 1 },
    { kind: 'number', name: 'steps', label: 'Training steps', min: 10, max: 200, step: 10, default: 60 },
    { kind: 'number', name: 'hidden', label: 'Hidden units', min: 2, max: 8, step: 1, default: 4 },
    { kind: 'seed', name: 'seed', label: 'Seed of network and data', default: 1 },
  ],
  play: { parameter: 'size', period: 500 },
}
