import { describe, expect, test } from 'vitest'
import { withLayer, withPlugin } from './insertions.ts'

const table = (preset: string): string => `const layers = {
  registry: [],
  'arch-linear': ['registry'],
  'arch-mlp': [
    'registry',
    'autodiff',
  ],
  checkpoint: ['registry'],
  'dead-directions': ${preset},
  cli: ['dead-directions'],
}
`

const preset = (use: string): string => `import { linear } from '@dead-directions/arch-linear'
import { mlp } from '@dead-directions/arch-mlp'
import { createRegistry } from '@dead-directions/registry'

export function presetRegistry(): Registry {
  return createRegistry()${use}
}
`

describe('a layer', () => {
  test('stands behind the last primitive of the table and of the preset, in the shape found there', () => {
    const changed = withLayer(table("[\n    'linalg',\n    'arch-linear',\n    'arch-mlp',\n    'plot',\n  ]"), 'swish-gate')
    expect(changed).toContain("    'autodiff',\n  ],\n  'arch-swish-gate': ['registry', 'autodiff'],\n  checkpoint: ['registry'],\n")
    expect(changed).toContain("    'arch-mlp',\n    'arch-swish-gate',\n    'plot',\n")
    expect(withLayer(table("['linalg', 'arch-mlp', 'plot']"), 'demo')).toContain("['linalg', 'arch-mlp', 'arch-demo', 'plot']")
  })

  test('is refused where its place is not found', () => {
    expect(() => withLayer('const layers = {}', 'demo')).toThrow('eslint.config.js: got a file without it, expected a row of a primitive in layers')
    expect(() => withLayer(table("['linalg']"), 'demo')).toThrow("expected a primitive in the list of 'dead-directions'")
  })
})

describe('a plugin', () => {
  const add = (text: string): string => withPlugin(text, '@dead-directions/arch-swish-gate', 'swishGate')

  test.each([
    ['.use(linear, mlp)', '.use(linear, mlp, swishGate)'],
    ['.use(linear, wasmBackend(), gpu({ a: 1 }))', '.use(linear, wasmBackend(), gpu({ a: 1 }), swishGate)'],
    ['.use(\n    linear,\n    mlp,\n  )', '.use(\n    linear,\n    mlp,\n    swishGate,\n  )'],
    ['.use(\n    linear,\n    mlp\n  )', '.use(\n    linear,\n    mlp,\n    swishGate\n  )'],
  ])('is imported and used: %j', (use, expected) => {
    const changed = add(preset(use))
    expect(changed).toContain("arch-mlp'\nimport { swishGate } from '@dead-directions/arch-swish-gate'\nimport { createRegistry }")
    expect(changed).toContain(`createRegistry()${expected}\n`)
  })

  test('is refused where its place is not found', () => {
    expect(() => add('')).toThrow('expected an import of a primitive')
    expect(() => add(preset(''))).toThrow('expected a call of use')
  })
})
