import nx from '@nx/eslint-plugin'
import tseslint from 'typescript-eslint'

/**
 * Layers from the bottom up: a package may import only what stands beside its name.
 * Tests are outside the rule, since they measure with a real backend and real primitives.
 */
const layers = {
  linalg: [],
  autodiff: [],
  'core-geometry': ['autodiff', 'linalg'],
  'selection-rule': ['core-geometry', 'linalg'],
  registry: [],
  network: ['registry', 'autodiff', 'linalg'],
  kfac: ['network', 'registry', 'autodiff', 'linalg', 'core-geometry'],
  'arch-linear': ['registry'],
  'arch-mlp': ['registry'],
  'arch-residual': ['registry', 'autodiff'],
  'arch-softmax-head': ['registry'],
  'arch-embedding': ['registry'],
  'arch-layernorm': ['registry', 'autodiff'],
  'arch-rmsnorm': ['registry', 'autodiff'],
  'arch-attention': ['registry', 'autodiff'],
  'arch-swiglu': ['registry', 'autodiff'],
  'arch-transformer': ['registry', 'arch-attention', 'arch-layernorm', 'arch-mlp', 'arch-rmsnorm', 'arch-swiglu'],
  'backend-node': ['registry', 'autodiff', 'linalg'],
  quotient: ['registry', 'autodiff', 'linalg', 'network'],
  ddcadam: ['quotient', 'linalg'],
  ddcmuon: ['ddcadam'],
  checkpoint: ['registry'],
  readout: ['kfac', 'quotient', 'network', 'registry', 'autodiff', 'selection-rule', 'core-geometry', 'linalg'],
  conformance: ['kfac', 'network', 'registry', 'autodiff', 'core-geometry', 'linalg'],
  plot: [],
  'dead-directions': [
    'linalg',
    'autodiff',
    'core-geometry',
    'selection-rule',
    'registry',
    'network',
    'kfac',
    'arch-linear',
    'arch-mlp',
    'arch-transformer',
    'arch-swiglu',
    'arch-attention',
    'arch-rmsnorm',
    'arch-layernorm',
    'arch-embedding',
    'arch-softmax-head',
    'arch-residual',
    'backend-node',
    'quotient',
    'ddcadam',
    'ddcmuon',
    'checkpoint',
    'readout',
    'conformance',
    'plot',
  ],
  cli: ['dead-directions', 'plot'],
  demo: ['dead-directions', 'plot'],
  docs: [],
  example: ['conformance', 'network', 'registry', 'arch-linear', 'backend-node'],
}

const names = Object.keys(layers)

const source = { files: ['**/*.ts'], ignores: ['**/*.test.ts', '**/test/**', '**/vitest.config.ts', 'vitest.shared.ts', 'tools/**'] }

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/test-results/**', '**/build/**', '.nx/**'] },
  { files: ['**/*.ts'], extends: [tseslint.configs.recommended] },
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
    },
  },
  { files: ['**/vitest.config.ts'], rules: { 'no-restricted-exports': 'off' } },
  {
    ...source,
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          enforceBuildableLibDependency: false,
          allowCircularSelfDependency: true,
          // The layers leave no room for a cycle; those that tests close, by measuring with what lies above, do no harm.
          ignoredCircularDependencies: names.flatMap((a, i) => names.slice(i + 1).map(b => [a, b])),
          depConstraints: Object.entries(layers).map(([layer, below]) => ({
            sourceTag: `layer:${layer}`,
            onlyDependOnLibsWithTags: below.map(name => `layer:${name}`),
          })),
        },
      ],
    },
  },
)
