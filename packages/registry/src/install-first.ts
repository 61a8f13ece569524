import type { Backend } from './backend.ts'
import { BadInput } from './bad-input.ts'

/**
 * Installs the first of several backends that can be, and tells of every one before it that could not: a fallback that is never silent.
 *
 * @param backends in order of preference
 * @param onRefused called with a backend that could not be installed, and why
 * @returns the backend that is now active
 * @throws BadInput with every reason when none could be installed
 * @example
 * import { nodeBackend } from '@dead-directions/backend-node'
 * import { wasmBackend } from '@dead-directions/backend-wasm'
 * import { installFirst } from '@dead-directions/registry'
 * const backend = await installFirst([nodeBackend, wasmBackend()], ({ name }, reason) => console.warn(`${name}: ${reason}`))
 * backend.name // 'node'
 */
export async function installFirst(backends: readonly Backend[], onRefused: (backend: Backend, reason: string) => void): Promise<Backend> {
  const reasons: string[] = []
  for (const backend of backends) {
    const refusal = await backend.install().then(() => null, (error: unknown) => (error instanceof Error ? error.message : String(error)))
    if (refusal === null) return backend
    reasons.push(`${backend.name}: ${refusal}`)
    onRefused(backend, refusal)
  }
  throw new BadInput('backends', reasons.join('; '), 'one that can be installed')
}
