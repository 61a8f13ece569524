import { expect, test } from 'vitest'
import { createGpu } from './create-gpu.ts'
import { completeProblem } from './polynomial.ts'
import { samplingKernel } from './sampling-kernel.ts'

test('weighs a point by its cells and by the density, level by level', async () => {
  // K = x⁵ + (2 y)², density |x y - 3|, both coordinates pinned to a point by cells of no width worth speaking of.
  const problem = completeProblem({
    terms: [{ coefficient: 1, exponents: [5, 0] }],
    squares: [[{ coefficient: 2, exponents: [0, 1] }]],
    density: [
      { coefficient: 1, exponents: [1, 1] },
      { coefficient: -3, exponents: [0, 0] },
    ],
    box: [
      [0, 1],
      [0, 1],
    ],
  })
  const gpu = await createGpu('webasm', 1)
  const sums = gpu.kernel(samplingKernel(problem, 1), [4, 2])
  const width = 2 ** -20
  // Level 0 at (1/2, 1/4): K = 1/32 + 1/4 < 1. Level 1 at (1/2, 1): K > 1.
  const rows = await sums(Float32Array.of(0.5, 0.25, 0.5, 1), new Float32Array(4).fill(width), Float32Array.of(1, 2, 1, -3, 1, 2, 1, -3), 10)
  await gpu.destroy()
  for (const sum of rows[0]!) expect(sum / (10 * width * width)).toBeCloseTo(3 - 1 / 8, 4)
  expect([...rows[1]!]).toEqual([0, 0, 0, 0])
})
