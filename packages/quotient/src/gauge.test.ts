import { standardNormals } from '@dead-directions/network'
import { expect, test } from 'vitest'
import { type GaugeData, type GaugeKind, gaugeOf, type Slot } from './gauge.ts'

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

test('a translation adds one number for each input to every unit and has a tangent for each', () => {
  const gauge = gaugeOf({ kind: 'translation', label: 'shift', units: 2, slots: [slot('next', 0, 'forward'), slot('kernel', 1, 'forward')], shifts: [5, 3] })
  const all = { next: parameters.next, kernel: { shape: [3, 2], data: standardNormals(4, 6) } }
  const moved = gauge.act(gauge.randomElement(2), all)
  const by = (name: 'next' | 'kernel', i: number): number => (moved[name]?.data[i] as number) - (all[name].data[i] as number)
  for (let j = 0; j < 5; j++) expect(by('next', j)).toBeCloseTo(by('next', 5 + j), 14)
  for (let j = 0; j < 3; j++) expect(by('kernel', 2 * j)).toBeCloseTo(by('kernel', 2 * j + 1), 14)
  expect(new Set([0, 1, 2, 3, 4].map(j => by('next', j))).size).toBe(5)
  const tangents = gauge.tangents(all)
  expect(tangents).toHaveLength(8)
  expect(tangents[1]).toEqual({ next: Float64Array.of(0, 1, 0, 0, 0, 0, 1, 0, 0, 0) })
  expect(tangents[6]).toEqual({ kernel: Float64Array.of(0, 0, 1, 1, 0, 0) })
  expect(gauge.actOnGradients(gauge.randomElement(2), all)).toEqual(all)
  gauge.invariants(moved).forEach((x, i) => expect(x).toBeCloseTo(gauge.invariants(all)[i] as number, 13))
})
