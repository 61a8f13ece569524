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
  layers: [
    { name: 'body.fc1', primitive: 'mlp', spectrum: { activation: [1], gradient: [1] }, directions: [direction, direction] },
    { name: 'body.fc2', primitive: 'mlp', spectrum: { activation: [1], gradient: [1] }, directions: [] },
  ],
  channels: [channel],
  gauges: [{ kind: 'sign', dimension: 1 }],
  total: { lambda: 2.25, multiplicity: 1, nu: 2.1729731, rule: 'B1(c) smooth fibre: 4 regular, 1 dead' },
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
