import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { sharedConfig } from '../../vitest.shared.ts'

export default defineConfig({
  ...sharedConfig,
  root: resolve(import.meta.dirname, '..'),
  test: {
    ...sharedConfig.test,
    include: ['site/**/*.test.ts'],
    // The set-up builds the site; a page waits for its worker on a machine that may have other work.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    globalSetup: ['site/set-up.ts'],
    // One browser on two cores: more pages at once only wait for each other.
    maxWorkers: 2,
    reporters: ['default', ['json', { outputFile: 'test-results/site.json' }]],
  },
})
