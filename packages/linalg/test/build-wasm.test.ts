import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { buildWasm, modules } from '../build-wasm.ts'

it.each(modules)('%s-wasm.ts is byte for byte what assembly/%s.ts compiles to', async name => {
  const text = await readFile(new URL(`../src/${name}-wasm.ts`, import.meta.url), 'utf8')
  expect(await buildWasm(name)).toBe(text)
})
