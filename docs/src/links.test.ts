import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { brokenLinks, linkCount } from './links.ts'

test('finds links to files and headings that are not there, and none in code or on the web', () => {
  const root = mkdtempSync(join(tmpdir(), 'links-'))
  writeFileSync(join(root, 'b.md'), '# Title\n## 3. The `k` and m⊥\n')
  writeFileSync(
    join(root, 'a.md'),
    '# A\n[1](b.md) [2](b.md#3-the-k-and-m) [3](c.md) [4](b.md#nothing) [5](#a) [6](#b) [7](https://example.org)\n```ts\n[8](d.md)\n```\n',
  )
  expect(brokenLinks(root, 'a.md')).toEqual(['c.md', 'b.md#nothing', '#b'])
  expect(linkCount(root, 'a.md')).toBe(6)
})
