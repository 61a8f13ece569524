import { describe, expect, it } from 'vitest'
import { randomEntries } from '../test/random.ts'
import { rowsWasm } from './rows-wasm.ts'
import { instantiate } from './wasm.ts'
import { plainWorkspace, wasmWorkspace, workspace } from './workspace.ts'
import type { Workspace } from './workspace.ts'

const makeWasm = (length: number): Workspace => wasmWorkspace(instantiate(rowsWasm), length)!

describe('workspace', () => {
  it('gives the same bits in WebAssembly and in TypeScript for every length', () => {
    for (let count = 0; count < 40; count++) {
      const results = [makeWasm(81), plainWorkspace(81)].map(space => {
        space.data.set(randomEntries(81, count))
        space.add(0.3, 1, 41, count)
        space.turn(1, 41, count, 0.6, 1 / 3)
        return { product: space.dot(1, 41, count), data: space.data.slice() }
      })
      expect(results[0]).toEqual(results[1])
    }
  })

  it('turns (x, y) by the angle of sine 0.6', () => {
    const space = makeWasm(12)
    space.data.fill(1, 0, 5)
    space.turn(0, 5, 5, 0.6, 0.6 / 1.8)
    for (let i = 0; i < 5; i++) {
      expect(space.data[i]).toBeCloseTo(0.8, 15)
      expect(space.data[5 + i]).toBeCloseTo(0.6, 15)
    }
    expect([...space.data.slice(10)]).toEqual([0, 0])
  })

  it('hands out zeros after use and after growth', () => {
    workspace(10).data.fill(7)
    const grown = workspace(100_000)
    expect(grown.data.every(value => value === 0)).toBe(true)
    expect(grown.dot(99_990, 99_990, 10)).toBe(0)
  })

  it('is absent where the memory cannot grow', () => {
    expect(wasmWorkspace(instantiate(rowsWasm), 2 ** 40)).toBeUndefined()
    expect(wasmWorkspace(undefined, 1)).toBeUndefined()
  })
})
