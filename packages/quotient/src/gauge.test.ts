import { standardNormals } from '@dead-directions/network'
import type { GaugeKind } from '@dead-directions/registry'
import { expect, test } from 'vitest'
import { type GaugeData, gaugeOf, type Slot } from './gauge.ts'

const slot = (parameter: string, axis: 0 | 1, side: Slot['side'], offset = 0): Slot => ({ parameter, axis, offset, side })
const parameters = {
  w: { shape: [5, 3], data: standardNormals(1, 15) },
  b: { shape: [5], data: standardNormals(2, 5) },
  next: { shape: [2, 5], data: standardNormals(3, 10) },
}
const data = (kind: GaugeKind): GaugeData => ({ kind, label: kind, units: 4, slots: [slot('w', 0, 'forward', 1), slot('b', 0, 'forward', 1), slot('next', 1, 'dual', 1)] })

test.each([
  ['rescaling', 4],
  ['general-linear', 16],
  ['rotation', 6],
  ['phase', 2],
  ['sign', 0],
  ['permutation', 0],
] as const)('%s on 4 units has %i generators, along which the map behind the units does not change', (kind, count) => {
  const tangents = gaugeOf(data(kind)).tangents(parameters)
  expect(tangents).toHaveLength(count)
  for (const { w = [], b = [], next = [] } of tangents) {
    for (let o = 0; o < 2; o++) {
      // The change of next·[w b], by the product rule.
      for (let i = 0; i < 4; i++) {
        const left = (k: number): number => (i < 3 ? (parameters.w.data[3 * k + i] as number) : (parameters.b.data[k] as number))
        const change = (k: number): number => (i < 3 ? (w[3 * k + i] as number) : (b[k] as number))
        const sum = [0, 1, 2, 3, 4].reduce((total, k) => total + (next[5 * o + k] as number) * left(k) + (parameters.next.data[5 * o + k] as number) * change(k), 0)
        expect(Math.abs(sum)).toBeLessThan(1e-14)
      }
    }
  }
})

test('what an offset leaves out stays, and an element times its inverse is nothing', () => {
  for (const kind of ['rescaling', 'general-linear', 'rotation', 'phase', 'sign', 'permutation'] as const) {
    const gauge = gaugeOf(data(kind))
    const { forward, dual } = gauge.randomElement(5)
    const moved = gauge.act({ forward, dual }, parameters)
    expect(moved['b']?.data[0]).toBe(parameters.b.data[0])
    const transposed = ({ rows, cols, data }: typeof forward): typeof forward => ({ rows, cols, data: data.map((_, at) => data[(at % cols) * cols + Math.floor(at / cols)] as number) })
    const back = gauge.act({ forward: transposed(dual), dual: transposed(forward) }, moved)
    for (const [name, value] of Object.entries(parameters)) back[name]?.data.forEach((x, i) => expect(x).toBeCloseTo(value.data[i] as number, 12))
  }
})

test('a translation adds one number to every entry of a unit on one side and takes it from the other', () => {
  const gauge = gaugeOf({ kind: 'translation', label: 'shift', units: 2, slots: [slot('next', 0, 'forward'), slot('kernel', 1, 'dual'), slot('b', 0, 'forward', 3)] })
  const all = { ...parameters, kernel: { shape: [3, 2], data: standardNormals(4, 6) } }
  const element = gauge.randomElement(2)
  const moved = gauge.act(element, all)
  const by = (name: 'next' | 'kernel' | 'b', i: number): number => (moved[name]?.data[i] as number) - (all[name].data[i] as number)
  const [first, second] = element.forward.data as Float64Array & [number, number]
  for (let j = 0; j < 5; j++) expect([by('next', j), by('next', 5 + j)]).toEqual([expect.closeTo(first, 14), expect.closeTo(second, 14)])
  for (let j = 0; j < 3; j++) expect([by('kernel', 2 * j), by('kernel', 2 * j + 1)]).toEqual([expect.closeTo(-first, 14), expect.closeTo(-second, 14)])
  expect([0, 1, 2, 3, 4].map(i => by('b', i))).toEqual([0, 0, 0, expect.closeTo(first, 14), expect.closeTo(second, 14)])
  expect(gauge.tangents(all)[1]).toEqual({ next: Float64Array.of(0, 0, 0, 0, 0, 1, 1, 1, 1, 1), kernel: Float64Array.of(0, -1, 0, -1, 0, -1), b: Float64Array.of(0, 0, 0, 0, 1) })
  expect(gauge.tangents(all)).toHaveLength(2)
  expect(gauge.actOnGradients(element, all)).toEqual(all)
  gauge.invariants(moved).forEach((x, i) => expect(x).toBeCloseTo(gauge.invariants(all)[i] as number, 13))
})

test('a unit of several neighbours moves as a whole', () => {
  const heads = gaugeOf({ kind: 'permutation', label: 'heads', units: 2, slots: [{ ...slot('w', 0, 'forward', 1), tile: 2 }, { ...slot('next', 1, 'dual', 1), tile: 2 }] })
  const swap = { rows: 2, cols: 2, data: Float64Array.of(0, 1, 1, 0) }
  const { w, next } = heads.act({ forward: swap, dual: swap }, parameters)
  const rows = (order: readonly number[]): number[] => order.flatMap(row => [...parameters.w.data.slice(3 * row, 3 * row + 3)])
  expect([...(w?.data ?? [])]).toEqual(rows([0, 3, 4, 1, 2]))
  expect([...(next?.data ?? [])]).toEqual([0, 1].flatMap(row => [0, 3, 4, 1, 2].map(column => parameters.next.data[5 * row + column])))
})

test('one element turns several slices of one parameter', () => {
  const shared = gaugeOf({ kind: 'general-linear', label: 'group', units: 2, slots: [slot('w', 0, 'forward', 1), slot('w', 0, 'forward', 3), slot('b', 0, 'dual')] })
  const moved = shared.act(shared.randomElement(4), parameters)
  const product = ({ w, b }: typeof moved, from: number, column: number): number => [0, 1].reduce((sum, i) => sum + (w?.data[3 * (from + i) + column] as number) * (b?.data[i] as number), 0)
  for (const from of [1, 3]) for (const column of [0, 1, 2]) expect(product(moved, from, column)).toBeCloseTo(product(parameters, from, column), 12)
  expect(moved['w']?.data.slice(0, 3)).toEqual(parameters.w.data.slice(0, 3))
})
