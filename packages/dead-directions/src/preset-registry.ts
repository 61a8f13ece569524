import { linear } from '@dead-directions/arch-linear'
import { mlp } from '@dead-directions/arch-mlp'
import { nodeBackend } from '@dead-directions/backend-node'
import { createRegistry, type Registry } from '@dead-directions/registry'

/**
 * A registry with every built-in primitive and backend.
 *
 * @example
 * import { presetRegistry } from '@dead-directions/dead-directions'
 * presetRegistry().architectures.map(({ name }) => name) // ['linear', 'mlp']
 */
export function presetRegistry(): Registry {
  return createRegistry().use(linear, mlp, nodeBackend)
}
