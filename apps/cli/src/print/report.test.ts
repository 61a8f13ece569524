import type { Report } from '@dead-directions/dead-directions'
import { describe, expect, test } from 'vitest'
import { reportText } from './report.ts'

const plain = { width: 120, mark: (_: string, text: string) => text }

const direction: Report['layers'][number]['directions'][number] = {
  channel: 0,
  klOrder: 2,
  standardError: 1e-6,
  window: [1e-6, 0.01],
  contribution: 0.25,
  nu: 0.173,
  activationRate: -7e-33,
  gradientRate: 2,
  predicted: { activationRate: 0, gradientRate: 2 },
  duality: { klOrder: 2, standardError: 1e-6, agrees: true },
  refused: null,
}
const reading = { value: 2, standardError: 1e-6, window: [1e-6, 0.01] } as const
const channel: Report['channels'][number] = {
  kind: 'merging units',
  label: 'units 1, 2 of body.fc1 merging',
  distance: 0.04,
  length: 1,
  fromFisher: reading,
  fromDivergence: reading,
  klOrder: reading,
  rule: 'smooth fibre',
  refused: null,
  far: false,
  curves: [],
}
const report: Report = {
  backend: 'node',
  precision: 'float64',
  epsilon: 2 ** -52,
  likelihood: 'gaussian',
  fisher: 'exact, one pass per output',
  samples: 64,
  priorOrder: 0,
  layers: [
    { name: 'body.fc1', primitive: 'mlp', spectrum: { activation: [1], gradient: [1] }, directions: [direction, direction] },
    { name: 'body.fc2', primitive: 'mlp', spectrum: { activation: [1], gradient: [1] }, directions: [] },
  ],
  channels: [channel],
  gauges: [{ kind: 'sign', dimension: 1 }],
  total: { lambda: 2.25, multiplicity: 1, nu: 2.1729731, rule: 'B1(c) smooth fibre: 4 regular, 1 dead', posterior: { beta: 1, expectedDivergence: 2.25, observations: null, freeEnergy: null, generalisationLoss: null } },
  missing: null,
  warnings: [],
}

describe('the text of a report', () => {
  const text = reportText(report, plain)

  test('has one row for directions that read the same, with their count', () => {
    expect(text.match(/body\.fc1 │/g)).toHaveLength(1)
    expect(text).toMatch(/body\.fc1 +│ +1 │ +2 │ 2\.000 ± 1e-6 │ 1\.0e-6 … 0\.010 │ 0\.2500 │ 0\.1730 │ +0\.000 │ +2\.000 │ +2\.000 ✓/)
  })

  test('names the layers without a candidate, the rule and why, and the total', () => {
    expect(text).toContain('no candidate in body.fc2')
    expect(text.replaceAll(/\n +/g, ' ')).toContain('units 1, 2 of body.fc1 merging: distance 0.040, k = 2.000 ± 1e-6 from F, 2.000 ± 1e-6 from K. Rule: smooth fibre, since one map dies alone.')
    expect(text).toContain('total    λ = 2.25, m = 1, ν = 2.172973\n         B1(c)')
    expect(text).toContain('sign: 1 direction set aside')
  })

  test('names the contribution under a prior, and what λ predicts where a temperature or a number of observations was asked for', () => {
    const posterior = { beta: 0.5, expectedDivergence: 4.5, observations: 900, freeEnergy: 13.7457, generalisationLoss: null }
    const asked = reportText({ ...report, priorOrder: 2, total: { ...report.total!, posterior } }, plain)
    expect(asked).toContain('│ 3/(2k) │')
    expect(asked).toContain('         E[nK] → λ/β = 4.5 nats at β = 0.5\n         free energy beyond nβL at n = 900: 13.7457 nats, up to a constant\n')
    expect(asked).toContain('expected generalisation loss at n = 900: not known at β other than 1')
    expect(text).not.toContain('nats')
  })

  test('wraps long reasons and names, with every line within the width', () => {
    const reason = 'the Fisher form reads one order and the divergence reads another, '.repeat(5)
    const long = {
      ...report,
      layers: [{ ...report.layers[0]!, name: 'a_very_long_name_of_a_block.attention.values', directions: [{ ...direction, klOrder: null, refused: reason }] }],
      channels: [{ ...channel, klOrder: null, refused: reason }],
      total: null,
      missing: reason,
      warnings: [reason],
    }
    const lines = reportText(long, plain).split('\n')
    expect(lines.filter(line => line.length > 120)).toEqual([])
    expect(lines.join('\n')).toContain('a_very_lon…on.values │ 1 │ 1 │ refused')
    expect(lines.join('\n')).toContain('total    not determined: the Fisher form reads')
  })

  test('says so when there is no candidate at all', () => {
    expect(reportText({ ...report, layers: [report.layers[1]!], channels: [] }, plain)).toContain('No candidate: the checkpoint is near no degeneration')
  })

  test('marks refusals and warnings, which is where colour goes', () => {
    const marked = reportText({ ...report, warnings: ['look here'] }, { ...plain, mark: (style, text) => `<${style}>${text}` })
    expect(marked).toContain('<yellow>warning  look here')
  })
})
