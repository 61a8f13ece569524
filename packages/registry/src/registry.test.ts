import { describe, expect, test } from 'vitest'
import type { Architecture } from './architecture.ts'
import { type Backend, defineBackend } from './backend.ts'
import { createRegistry } from './registry.ts'

const backend: Backend = defineBackend({ kind: 'backend', name: 'float', precision: 'float32', epsilon: 2 ** -23, install: async () => {} })
const primitive = { kind: 'architecture', name: 'float' } as unknown as Architecture

describe('createRegistry', () => {
  test('grows without changing what it grew from', () => {
    const empty = createRegistry()
    const larger = empty.use(backend)
    expect(larger.backends).toEqual([backend])
    expect(empty.backends).toEqual([])
  })

  test('keeps primitives and backends apart', () => {
    const registry = createRegistry().use(backend, primitive)
    expect(registry.backend('float')).toBe(backend)
    expect(registry.architecture('float')).toBe(primitive)
  })

  test('refuses a name twice', () => {
    expect(() => createRegistry().use(backend).use(backend)).toThrow('registry backend: got "float", expected a name not registered before')
    expect(() => createRegistry().use(primitive, primitive)).toThrow('registry architecture: got "float", expected a name not registered before')
  })

  test('names what it knows when asked for what it does not', () => {
    expect(() => createRegistry().use(backend).backend('webgpu')).toThrow('backend: got "webgpu", expected one of "float"')
    expect(() => createRegistry().architecture('conv', 'network.nodes.0.primitive')).toThrow('network.nodes.0.primitive: got "conv", expected a registered name (none is registered)')
  })
})
