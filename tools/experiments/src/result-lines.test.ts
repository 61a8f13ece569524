import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openResultLines } from './result-lines.ts'

const fresh = (): string => join(mkdtempSync(join(tmpdir(), 'experiments-')), 'run', 'results.jsonl')

test('a line is found again by its cell, numbers to the bit', async () => {
  const path = fresh()
  const cell = { name: 'a', size: 0.1 + 0.2 }
  await (await openResultLines(path)).add({ cell, result: { value: Math.PI / 1e10 } })
  const again = await openResultLines(path)
  expect(again.of({ ...cell })).toEqual({ cell, result: { value: Math.PI / 1e10 } })
  expect(again.of({ ...cell, size: 0.3 })).toBeUndefined()
})

test('half a line at the end is cut off', async () => {
  const path = fresh()
  await (await openResultLines(path)).add({ cell: { i: 1 }, result: 1 })
  const whole = readFileSync(path, 'utf8')
  writeFileSync(path, `${whole}{"cell":{"i":2},"resu`)
  const lines = await openResultLines(path)
  expect(readFileSync(path, 'utf8')).toBe(whole)
  expect(lines.of({ i: 2 })).toBeUndefined()
})

test('a whole line that is no result is refused by its number', async () => {
  const path = fresh()
  await (await openResultLines(path)).add({ cell: { i: 1 }, result: 1 })
  writeFileSync(path, `${readFileSync(path, 'utf8')}something else\n`)
  await expect(openResultLines(path)).rejects.toThrow('results.jsonl line 2: got "something else", expected a JSON object with a cell and a result')
})
