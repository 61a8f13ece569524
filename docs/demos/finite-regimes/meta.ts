import type { DemoMeta } from '../shell/meta-schema.ts'

export const meta: DemoMeta = {
  name: 'finite-regimes',
  title: 'Regimes at finite t',
  summary: 'A rate is a limit; at finite t a network shows what leads there. Below a LayerNorm the slope climbs from a noise floor over a leak to its own way; a SwiGLU block cubes.',
  rows: 'C8, C10',
  parameters: [
    { kind: 'choice', name: 'regime', label: 'Primitive', options: [{ value: 'layernorm', label: 'LayerNorm and MLP' }, { value: 'swiglu', label: 'SwiGLU blocks' }], default: 'layernorm' },
    { kind: 'number', name: 't', label: 'Approach t', min: 1e-5, max: 1, step: 0.25, scale: 'log', default: 0.01 },
    { kind: 'number', name: 'floor', label: 'Noise floor c₀', min: 1e-14, max: 1e-2, step: 1, scale: 'log', default: 1e-10 },
    { kind: 'number', name: 'leak', label: 'Leak c₂', min: 1e-8, max: 1, step: 0.5, scale: 'log', default: 1e-3 },
    { kind: 'number', name: 'blocks', label: 'SwiGLU blocks', min: 1, max: 3, step: 1, default: 1 },
  ],
  play: { parameter: 't', backwards: true },
}
