import { afterEach, expect, it, vi } from 'vitest'
import { rowsWasm } from './rows-wasm.ts'
import { instantiate } from './wasm.ts'

afterEach(() => void vi.unstubAllGlobals())

it('gives a module\'s exports', () => {
  expect(Object.keys(instantiate<object>(rowsWasm)!).sort()).toEqual(['add', 'dot', 'memory', 'turn'])
})

it('gives nothing for bytes that are no module, or without WebAssembly', () => {
  expect(instantiate(btoa('no module'))).toBeUndefined()
  vi.stubGlobal('WebAssembly', undefined)
  expect(instantiate(rowsWasm)).toBeUndefined()
})
