import { afterEach, describe, expect, test } from 'vitest'
import { createGpu, type GpuMode, type SeededGpu } from './create-gpu.ts'

const source = `function (n) {
  let sum = 0
  for (let i = 0; i < n; i++) { sum += Math.random() * Math.random() }
  return sum / n
}`

let made: SeededGpu[] = []
afterEach(async () => {
  await Promise.all(made.map(gpu => gpu.destroy()))
  made = []
})

async function gpuOf(mode: GpuMode, seed: number): Promise<SeededGpu> {
  const gpu = await createGpu(mode, seed)
  made.push(gpu)
  return gpu
}

async function twoCalls(mode: GpuMode, seed: number, output: readonly [number, number] = [8, 2]): Promise<number[][]> {
  const run = (await gpuOf(mode, seed)).kernel(source, output)
  return [...(await run(200)), ...(await run(200))].map(row => [...row])
}

describe('createGpu', () => {
  test.each(['webasm', 'cpu'] as const)('%s repeats a sequence of calls bit for bit, and draws anew in each', async mode => {
    const first = await twoCalls(mode, 7)
    expect(await twoCalls(mode, 7)).toEqual(first)
    expect(new Set(first.flat()).size).toBe(32)
    expect(await twoCalls(mode, 8)).not.toEqual(first)
  })

  test('cpu draws what webasm draws, to the rounding of float32', async () => {
    const [cpu, webasm] = [await twoCalls('cpu', 3), await twoCalls('webasm', 3)]
    cpu.flat().forEach((value, i) => expect(Math.abs(value / webasm.flat()[i]! - 1)).toBeLessThan(200 * 2 ** -24))
  })

  test('enough threads to be split over workers repeat as well', async () => {
    const first = await twoCalls('webasm', 7, [4096, 2])
    expect(await twoCalls('webasm', 7, [4096, 2])).toEqual(first)
    const mean = first.flat().reduce((sum, value) => sum + value, 0) / 16384
    // The product of two uniforms has mean 1/4 and variance 7/144.
    expect(Math.abs(mean - 0.25)).toBeLessThan(5 * Math.sqrt(7 / 144 / (16384 * 200)))
  })

  test('a mode that is unknown or not available is refused in one line, and no other is tried', async () => {
    await expect(createGpu('gpu' as GpuMode, 1)).rejects.toThrow('mode: got "gpu", expected one of webasm, webgpu, cpu')
    await expect(createGpu('webgpu', 1)).rejects.toThrow('mode: got "webgpu", expected webasm or cpu, since no WebGPU adapter answers here')
    await expect(createGpu('cpu', -1)).rejects.toThrow('seed: got -1, expected a whole number from 0 to 4294967295')
  })

  test('loops run to their end, past the thousand rounds where gpu.js stops on its own', async () => {
    for (const mode of ['webasm', 'cpu'] as const) {
      const count = (await gpuOf(mode, 1)).kernel('function (n) { let sum = 0; for (let i = 0; i < n; i++) { sum += 1 } return sum }', [4, 1])
      expect([...(await count(5000))[0]!]).toEqual([5000, 5000, 5000, 5000])
    }
  })
})
