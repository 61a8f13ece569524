import { expect, it } from 'vitest'
import { randomEntries } from '../test/random.ts'
import { packPanels, stage } from './gemm-pack.ts'

it('panels hold the entries of a step side by side, and zeros for the lines that the last panel lacks', () => {
  const to = new Float64Array(20).fill(Number.NaN)
  const data = Float64Array.of(9, 11, 12, 21, 22, 31, 32, 41, 42, 51, 52)
  packPanels(to, 4, { data, offset: 1, lineStride: 2, stepStride: 1 }, 1, 1, 0, 2)
  expect([...to.subarray(0, 8)]).toEqual([21, 0, 0, 0, 22, 0, 0, 0])
  packPanels(to, 4, { data, offset: 1, lineStride: 2, stepStride: 1 }, 0, 5, 1, 1)
  expect([...to.subarray(0, 8)]).toEqual([12, 22, 32, 42, 52, 0, 0, 0])
  packPanels(to, 5, { data, offset: 1, lineStride: 1, stepStride: 2 }, 0, 2, 0, 2)
  expect([...to.subarray(0, 10)]).toEqual([11, 12, 0, 0, 0, 21, 22, 0, 0, 0])
})

it('panels of many steps hold what the strides say', () => {
  const [lines, depth] = [7, 40]
  const data = randomEntries(lines * depth, 1)
  for (const width of [4, 5])
    for (const [lineStride, stepStride] of [[1, lines], [depth, 1]] as const) {
      const to = new Float64Array(2 * width * depth).fill(Number.NaN)
      packPanels(to, width, { data, offset: 0, lineStride, stepStride }, 0, lines, 0, depth)
      to.forEach((entry, at) => {
        const step = Math.floor(at / width) % depth
        const line = width * Math.floor(at / (width * depth)) + (at % width)
        expect(entry).toBe(line < lines ? data[line * lineStride + step * stepStride] : 0)
      })
    }
})

it('a staged block has the entries of the operand, however that is laid out', () => {
  const data = randomEntries(5000, 1)
  for (const [lineStride, stepStride] of [[1, 60], [60, 1], [2, 60], [40, 1], [1, 40]] as const) {
    const to = new Float64Array(1600)
    const at = stage(to, { data, offset: 3, lineStride, stepStride }, 1, 40, 2, 40)
    for (let l = 0; l < 40; l++)
      for (let p = 0; p < 40; p++)
        expect(to[l * at.lineStride + p * at.stepStride]).toBe(data[3 + (l + 1) * lineStride + (p + 2) * stepStride])
  }
})
