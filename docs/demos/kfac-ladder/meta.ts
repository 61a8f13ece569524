import type { DemoMeta } from '../shell/meta-schema.ts'

export const meta: DemoMeta = {
  name: 'kfac-ladder',
  title: 'The ladder of Kronecker factors',
  summary: 'Every layer is diag(1, …, 1, t): layer by layer the activation factor loses two powers of t and the gradient factor gains them. Choose what stands between, and watch.',
  rows: 'C1 to C5',
  parameters: [
    { kind: 'number', name: 'depth', label: 'Layers L', min: 2, max: 7, step: 1, default: 4 },
    {
      kind: 'choice',
      name: 'activation',
      label: 'Activation',
      options: [
        { value: 'identity', label: 'none (linear)' },
        { value: 'tanh', label: 'tanh' },
        { value: 'gelu', label: 'GELU' },
        { value: 'relu', label: 'ReLU' },
      ],
      default: 'tanh',
    },
    { kind: 'toggle', name: 'bias', label: 'With dead biases', default: false },
    { kind: 'number', name: 'rotation', label: 'Rotation of the dead direction, radians', min: 0, max: 0.6, step: 0.05, default: 0 },
    { kind: 'number', name: 't', label: 'Approach t of the spectra', min: 1e-3, max: 1, step: 0.25, scale: 'log', default: 0.1 },
    { kind: 'seed', name: 'seed', label: 'Seed of the inputs', default: 1 },
  ],
  play: { parameter: 't', backwards: true },
}
