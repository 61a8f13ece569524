import type { DemoMeta } from '../shell/meta-schema.ts'

export const meta: DemoMeta = {
  name: 'live-training',
  title: 'A direction dies in training',
  summary: 'Addition modulo p, learnt in this page: gradients hold up singular values, and the direction that no input shows dies exactly as the decay says.',
  rows: 'F',
  parameters: [
    { kind: 'choice', name: 'task', label: 'Learn', options: [{ value: 'carry', label: 'the carry: does a + b reach p?' }, { value: 'sum', label: 'the sum: (a + b) mod p' }], default: 'carry' },
    { kind: 'number', name: 'steps', label: 'Training steps', min: 0, max: 3000, step: 100, default: 400 },
    { kind: 'number', name: 'modulus', label: 'Modulus p', min: 3, max: 11, step: 1, default: 11 },
    { kind: 'number', name: 'hidden', label: 'Hidden units', min: 8, max: 48, step: 8, default: 24 },
    { kind: 'number', name: 'decay', label: 'Weight decay', min: 1e-3, max: 0.1, step: 0.25, scale: 'log', default: 0.0562341 },
    { kind: 'choice', name: 'optimizer', label: 'Optimizer', options: [{ value: 'momentum', label: 'gradient descent with momentum' }, { value: 'adam', label: 'Adam' }], default: 'momentum' },
    { kind: 'choice', name: 'device', label: 'Computed on', options: [{ value: 'cpu', label: 'CPU, float64' }, { value: 'webgpu', label: 'WebGPU, float32' }], default: 'cpu' },
    { kind: 'seed', name: 'seed', label: 'Seed', default: 1 },
  ],
  play: { parameter: 'steps', period: 100 },
}
