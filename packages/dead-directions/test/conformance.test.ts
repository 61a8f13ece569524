import { beforeAll, test } from 'vitest'
import { nodeBackend, presetRegistry, registerConformanceTest } from '../src/index.ts'

beforeAll(() => nodeBackend.install())

const registry = presetRegistry()
for (const architecture of registry.architectures) registerConformanceTest(test, architecture, registry)
