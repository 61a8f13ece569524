import type { DemoMeta } from '../shell/meta-schema.ts'

export const meta: DemoMeta = {
  name: 'layernorm-kernel',
  title: 'The kernel of a LayerNorm',
  summary: 'Centred outputs of a LayerNorm never vary along γ⁻¹/‖γ⁻¹‖, whatever comes in. It is read from the scales alone, and checked against the spectrum of the outputs. RMSNorm has none.',
  rows: 'C8, F3',
  parameters: [
    { kind: 'choice', name: 'norm', label: 'Normalisation', options: [{ value: 'layernorm', label: 'LayerNorm' }, { value: 'rmsnorm', label: 'RMSNorm' }], default: 'layernorm' },
    { kind: 'number', name: 'width', label: 'Channels', min: 3, max: 16, step: 1, default: 8 },
    { kind: 'number', name: 'spread', label: 'Spread of the scales γ, decades', min: 0, max: 3, step: 0.25, default: 1 },
    { kind: 'seed', name: 'seed', label: 'Seed of scales and inputs', default: 1 },
  ],
  play: { parameter: 'spread', period: 600 },
}
