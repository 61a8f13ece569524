import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { expect, test } from 'vitest'
import { cellCount, drawFrom, fittedNodes, nodesAroundZero, uniformGrid } from './adaptive-grid.ts'

const box = [
  [-1, 2],
  [0, 1],
] as const

test('points stand for the volume of the box, whatever the grid', () => {
  const places = Float64Array.from({ length: 500 }, (_, n) => 1e-6 * (n / 250 - 1))
  const fitted = [fittedNodes(places, new Float64Array(500).fill(1), box[0], nodesAroundZero(box[0], 1e-6, 2)), uniformGrid(box)[1]!]
  for (const grid of [uniformGrid(box), fitted]) {
    const { points, volumes, count } = drawFrom(grid, 200_000, xoroshiro128plus(1))
    const mean = volumes.reduce((sum, volume) => sum + volume, 0) / count
    const variance = volumes.reduce((sum, volume) => sum + (volume - mean) ** 2, 0) / count
    expect(Math.abs(mean - 3)).toBeLessThanOrEqual(4 * Math.sqrt(variance / count) + 1e-12)
    expect(points.every((x, j) => x >= box[j % 2]![0] && x <= box[j % 2]![1])).toBe(true)
  }
})

test('a fitted grid ascends from edge to edge and puts most cells where the mass is', () => {
  const places = Float64Array.from({ length: 1000 }, (_, n) => 1e-9 * (n / 500 - 1))
  const nodes = fittedNodes(places, new Float64Array(1000).fill(1), box[0], [])
  expect(nodes).toHaveLength(cellCount + 1)
  expect([nodes[0], nodes.at(-1)]).toEqual([-1, 2])
  expect(nodes.every((node, k) => k === 0 || node >= nodes[k - 1]!)).toBe(true)
  expect(nodes.filter(node => Math.abs(node) <= 1e-9).length).toBeGreaterThan(cellCount / 2)
})

test('cells divide the mass evenly, not the points', () => {
  // Nine tenths of the mass at nine tenths of the way: points are even, masses are not.
  const places = Float64Array.from({ length: 1000 }, (_, n) => (n + 0.5) / 1000)
  const masses = places.map(x => (x > 0.9 ? 81 : 1))
  const inside = fittedNodes(places, masses, box[1], []).filter(node => node > 0.9 && node < 0.9995)
  expect(inside.length / 244).toBeGreaterThan(0.75)
})

test('nodes around zero leave no stretch of the logarithm without a cell, on both sides', () => {
  const nodes = nodesAroundZero([-1, 2], 1e-12, 2)
  for (const side of [1, -1]) {
    const sizes = nodes.filter(node => node * side > 0).map(Math.abs).sort((a, b) => b - a)
    const edge = side > 0 ? 2 : 1
    const steps = sizes.map((size, j) => Math.log((sizes[j - 1] ?? edge) / size))
    expect(sizes.at(-1)! / 1e-12).toBeCloseTo(1, 9)
    expect(Math.max(...steps) - Math.min(...steps)).toBeLessThan(1e-9)
  }
  expect(nodesAroundZero([0.5, 2], 1e-12, 2)).toEqual([])
  expect(nodesAroundZero([-1, 2], Infinity, 2)).toEqual([])
})

test('fixed nodes are among those of the fit', () => {
  const fixed = nodesAroundZero(box[1], 1e-9, 3)
  const nodes = new Set(fittedNodes(Float64Array.of(0.5, 0.6, 0.7), Float64Array.of(1, 1, 1), box[1], fixed))
  expect(fixed.filter(node => !nodes.has(node))).toEqual([])
})
