import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { expect, test } from 'vitest'
import { uniformGrid } from './adaptive-grid.ts'
import { planLevel } from './pilot.ts'
import { completeProblem } from './polynomial.ts'

test('finds the size of every coordinate at a level far down', () => {
  // On x⁴ + y² < ε the sizes are ε^(1/4) and ε^(1/2), to factors near one.
  const problem = completeProblem({ terms: [{ coefficient: 1, exponents: [4, 0] }, { coefficient: 1, exponents: [0, 2] }], box: [[-1, 1], [-1, 1]] })
  const plan = planLevel(problem, 1e-16, uniformGrid(problem.box), xoroshiro128plus(1))!
  expect(plan.scales[0]! / 1e-4).toBeGreaterThan(0.2)
  expect(plan.scales[0]! / 1e-4).toBeLessThan(1)
  expect(plan.scales[1]! / 1e-8).toBeGreaterThan(0.1)
  expect(plan.scales[1]! / 1e-8).toBeLessThan(1)
  expect(plan.overflow).toBe(0)
  expect(plan.rounding).toBeLessThan(1e-5)
})

test('gives no plan where K stays above the level', () => {
  const problem = completeProblem({ terms: [{ coefficient: 1, exponents: [2] }, { coefficient: 1, exponents: [0] }], box: [[-1, 1]] })
  expect(planLevel(problem, 0.5, uniformGrid(problem.box), xoroshiro128plus(1))).toBeNull()
})
