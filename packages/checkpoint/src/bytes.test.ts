import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

function importsOf(file: string, seen: Map<string, string[]> = new Map()): Map<string, string[]> {
  if (seen.has(file)) return seen
  const from = Array.from(readFileSync(join(import.meta.dirname, file), 'utf8').matchAll(/from '([^']+)'/g), match => match[1] as string)
  seen.set(file, from)
  for (const path of from.filter(each => each.startsWith('./'))) importsOf(path.slice(2), seen)
  return seen
}

test('what parses bytes imports nothing of Node', () => {
  const files = importsOf('bytes.ts')
  expect(files.size).toBeGreaterThan(8)
  expect([...files].filter(([, from]) => from.some(path => path.startsWith('node:')))).toEqual([])
  expect([...importsOf('index.ts')].some(([, from]) => from.includes('node:fs/promises'))).toBe(true)
})
