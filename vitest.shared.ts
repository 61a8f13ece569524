import type { ViteUserConfig } from 'vitest/config'

/** The one test configuration: every package's `vitest.config.ts` hands it on. */
export const sharedConfig: ViteUserConfig = {
  resolve: { conditions: ['@dead-directions/source'] },
  ssr: { resolve: { conditions: ['@dead-directions/source'] } },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    setupFiles: [new URL('./vitest.setup.ts', import.meta.url).pathname],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    reporters: ['default', ['json', { outputFile: 'test-results/vitest.json' }]],
  },
}
