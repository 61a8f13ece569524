import type { DemoMeta } from '../shell/meta-schema.ts'

export const meta: DemoMeta = {
  name: 'checkpoint-report',
  title: 'Read your own checkpoint',
  summary: 'Drop a folder with network.json and its weights, or a TensorFlow.js model.json, and inputs.npy or inputs.csv beside it. It is read in this page, and nothing leaves it.',
  rows: 'F',
  parameters: [
    { kind: 'number', name: 'depth', label: 'Layers of the built-in example', min: 2, max: 5, step: 1, default: 3 },
    { kind: 'number', name: 'distance', label: 'Size of its dying channel', min: 1e-4, max: 0.1, step: 0.5, scale: 'log', default: 0.01 },
    { kind: 'number', name: 'samples', label: 'Drawn inputs, where none are given', min: 16, max: 256, step: 16, default: 64 },
    { kind: 'seed', name: 'seed', label: 'Seed of drawn inputs', default: 1 },
  ],
  play: { parameter: 'depth', period: 1000 },
  files: true,
}
