import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { expect, test } from 'vitest'
import { cellCount } from './adaptive-grid.ts'
import { createGpu, type GpuMode } from './create-gpu.ts'
import { generatorOf, lanes, latticeSteps, placeCount, randomShifts, runLength, walkOrder } from './lattice.ts'
import { type CompleteProblem, completeProblem, valueOf } from './polynomial.ts'
import { samplingKernel } from './sampling-kernel.ts'

const [batches, points] = [3, 1024]

/** Divisions of two levels, with cells of uneven widths. */
function unevenNodes(dimension: number): Float32Array[] {
  return Array.from({ length: 2 * dimension }, (_, n) => Float32Array.from({ length: cellCount + 1 }, (_, k) => ((k / cellCount) ** (1 + n / 4) - 0.25) * (1 + n / 8)))
}

async function kernelSums(mode: GpuMode, problem: CompleteProblem, nodes: readonly Float32Array[], coefficients: Float32Array, shifts: Float32Array): Promise<number[][]> {
  const dimension = problem.box.length
  const inOrder = (values: ArrayLike<number>, n: number): number[] => (n % dimension === 0 ? walkOrder(values, 1, cellCount) : walkOrder(values, generatorOf(n % dimension), runLength(dimension, points)))
  const widths = nodes.map(along => along.subarray(1).map((to, k) => to - along[k]!))
  const gpu = await createGpu(mode, 1)
  const sums = gpu.kernel(samplingKernel(problem, batches, points), [lanes, 2 * batches])
  const rows = await sums(Float32Array.from(nodes.flatMap(inOrder)), Float32Array.from(widths.flatMap(inOrder)), coefficients, shifts, latticeSteps(dimension, points))
  await gpu.destroy()
  return rows.map(row => [...row])
}

/** The same sums by the definition of the lattice, one point after another. */
function sumsByDefinition(problem: CompleteProblem, nodes: readonly Float32Array[], shifts: Float32Array, scale: number): number[][] {
  const dimension = problem.box.length
  const runs = points / runLength(dimension, points)
  return Array.from({ length: 2 * batches }, (_, row) =>
    Array.from({ length: lanes }, (_, lane) => {
      let sum = 0
      for (let n = 0; n < points; n++) {
        const run = n % runs
        const level = row < batches ? 0 : 1
        let weight = 1
        const x = Array.from({ length: dimension }, (_, i) => {
          const share = i === 0 ? (lane + run / runs) / lanes : (n * generatorOf(i)) / points
          const place = ((share + shifts[row * dimension + i]! / placeCount) % 1) * cellCount
          const along = nodes[level * dimension + i]!
          const cell = Math.floor(place)
          const width = Math.fround(along[cell + 1]! - along[cell]!)
          weight *= width
          return along[cell]! + (place - cell) * width
        })
        const factor = level === 0 ? 1 : scale
        const k = factor * valueOf(problem.terms, x) + problem.squares.reduce((total, square) => total + (factor * valueOf(square, x)) ** 2, 0)
        // Kernels leave a constant density out, which is one in units of a level.
        const density = problem.density.length === 1 ? 1 : factor * Math.abs(valueOf(problem.density, x))
        if (k < 1) sum += density * weight
      }
      return sum
    }),
  )
}

const problems = {
  'one coordinate': completeProblem({ terms: [{ coefficient: 3, exponents: [2] }], box: [[0, 1]] }),
  'two, as terms': completeProblem({ terms: [[5, 0], [1, 2], [0, 4]].map(exponents => ({ coefficient: 2, exponents })), box: [[0, 1], [0, 1]] }),
  'three, with squares and a density': completeProblem({
    terms: [{ coefficient: 1, exponents: [2, 0, 2] }],
    squares: [
      [
        { coefficient: 2, exponents: [0, 1, 0] },
        { coefficient: -1, exponents: [1, 0, 0] },
      ],
      [{ coefficient: 1, exponents: [0, 0, 3] }],
    ],
    density: [
      { coefficient: 1, exponents: [1, 1, 0] },
      { coefficient: -3, exponents: [0, 0, 0] },
    ],
    box: [[0, 1], [0, 1], [0, 1]],
  }),
}

test.each(Object.entries(problems))('adds up what the points of shifted lattices weigh, level by level: %s', async (_, problem) => {
  const nodes = unevenNodes(problem.box.length)
  const shifts = randomShifts(2 * batches * problem.box.length, xoroshiro128plus(5))
  const all = [...problem.terms, ...problem.squares.flat(), ...problem.density].map(({ coefficient }) => coefficient)
  const scale = 4
  const coefficients = Float32Array.from([...all, ...all.map(coefficient => coefficient * scale)])
  const expected = sumsByDefinition(problem, nodes, shifts, scale).flat()
  const largest = Math.max(...expected)
  expect(new Set(expected).size).toBeGreaterThan(batches * lanes)
  for (const mode of ['cpu', 'webasm'] as const) {
    const sums = await kernelSums(mode, problem, nodes, coefficients, shifts)
    sums.flat().forEach((sum, n) => expect(Math.abs(sum - expected[n]!), `${mode}, thread ${n}`).toBeLessThan(1e-5 * largest))
  }
})
