import fc from 'fast-check'
import { expect, it } from 'vitest'
import { clippedSegment, fitSegments, logLine } from './fit-line.ts'

it('turns a power law into a straight line', () => {
  expect(logLine('fit', { rate: 3, standardError: 0, coefficient: 100, window: [0.01, 1] })).toEqual({ slope: 3, height: 2, window: [-2, 0] })
})

it.each([0, -1, NaN, Infinity])('draws no line for the coefficient %d', coefficient => {
  expect(logLine('fit', { rate: 1, standardError: 0, coefficient, window: [1, 2] })).toBeUndefined()
})

it.each([[[0, 1]], [[2, 1]], [[1, Infinity]], [[NaN, 1]]] as [[number, number]][])('refuses the window %j', window => {
  expect(() => logLine('fit', { rate: 1, standardError: 0, coefficient: 1, window })).toThrow(/^fit\.window: got/)
})

it('keeps exactly the part of a line that lies in the picture', () => {
  const real = fc.double({ min: -20, max: 20, noNaN: true })
  fc.assert(fc.property(real, real, fc.double({ min: -1.999, max: 1.999, noNaN: true }), (slope, height, x) => {
    const segment = clippedSegment({ slope, height, window: [-1, 1] }, [-2, 2], [-3, 3])
    const kept = segment !== undefined && x >= segment.x1 && x <= segment.x2
    const distance = Math.abs(height + slope * x) - 3
    if (Math.abs(distance) > 1e-6) expect(kept).toBe(distance < 0)
  }))
})

it('drops a level line above or below the picture and keeps one inside', () => {
  const level = (height: number) => clippedSegment({ slope: 0, height, window: [0, 1] }, [0, 1], [-1, 1])
  expect([level(2), level(-2)]).toEqual([undefined, undefined])
  expect(level(0.5)).toEqual({ x1: 0, y1: 0.5, x2: 1, y2: 0.5 })
})

it('splits a line at its window', () => {
  const { inside, outside } = fitSegments({ slope: 1, height: 0, window: [-1, 1] }, [-5, 5], [-3, 3])
  expect(inside).toEqual([{ x1: -1, y1: -1, x2: 1, y2: 1 }])
  expect(outside).toEqual([{ x1: -3, y1: -3, x2: -1, y2: -1 }, { x1: 1, y1: 1, x2: 3, y2: 3 }])
})
