import type { Architecture, Registry } from '@dead-directions/registry'
import { conformance } from './conformance.ts'

/**
 * Conformance as one test of whatever runner is at hand; it throws with every failure.
 *
 * @param test the runner's `test(name, body)`
 * @example
 * import { linear } from '@dead-directions/arch-linear'
 * import { registerConformanceTest } from '@dead-directions/conformance'
 * import { createRegistry } from '@dead-directions/registry'
 * import { test } from 'node:test'
 * registerConformanceTest(test, linear, createRegistry())
 */
export function registerConformanceTest(test: (name: string, body: () => Promise<void>) => unknown, plugin: Architecture, registry: Registry): void {
  test(`${plugin.name} conforms to its rate rule, gauges and kernels`, async () => {
    const { checks } = await conformance(plugin, registry)
    const failures = checks.filter(({ failure }) => failure !== null)
    if (failures.length > 0) throw new Error(failures.map(({ name, failure }) => `${name}: ${failure}`).join('\n'))
  })
}
