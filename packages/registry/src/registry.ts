import type { Architecture } from './architecture.ts'
import type { Backend } from './backend.ts'
import { BadInput } from './bad-input.ts'

/** Anything that plugs into a registry. */
export type Plugin = Architecture | Backend

/** The primitives and backends a program knows. It never changes: `use` gives a larger one. */
export interface Registry {
  readonly architectures: readonly Architecture[]
  readonly backends: readonly Backend[]
  /** A registry with these plugins too; throws {@link BadInput} for a name already taken. */
  use(...plugins: readonly Plugin[]): Registry
  /** The primitive of that name; throws {@link BadInput} naming the known ones. `field` says where the name stood. */
  architecture(name: string, field?: string): Architecture
  /** The backend of that name; throws {@link BadInput} naming the known ones. `field` says where the name stood. */
  backend(name: string, field?: string): Backend
}

/**
 * An empty registry; nothing registers itself.
 *
 * @example
 * import { createRegistry } from '@dead-directions/registry'
 * import { mlp } from '@dead-directions/arch-mlp'
 * const registry = createRegistry().use(mlp)
 * registry.architecture('mlp').name // 'mlp'
 */
export function createRegistry(): Registry {
  return registryOf([])
}

function registryOf(plugins: readonly Plugin[]): Registry {
  const architectures = plugins.filter(plugin => plugin.kind === 'architecture')
  const backends = plugins.filter(plugin => plugin.kind === 'backend')
  return {
    architectures,
    backends,
    use: (...more) => registryOf(more.reduce(withPlugin, plugins)),
    architecture: (name, field = 'primitive') => find(architectures, name, field),
    backend: (name, field = 'backend') => find(backends, name, field),
  }
}

function withPlugin(plugins: readonly Plugin[], plugin: Plugin): readonly Plugin[] {
  if (plugins.some(known => known.kind === plugin.kind && known.name === plugin.name)) {
    throw new BadInput(`registry ${plugin.kind}`, plugin.name, 'a name not registered before')
  }
  return [...plugins, plugin]
}

function find<plugin extends Plugin>(plugins: readonly plugin[], name: string, field: string): plugin {
  const found = plugins.find(plugin => plugin.name === name)
  if (found !== undefined) return found
  const known = plugins.map(plugin => `"${plugin.name}"`).join(', ')
  throw new BadInput(field, name, known === '' ? 'a registered name (none is registered)' : `one of ${known}`)
}
