import { fromRows, type Matrix } from '@dead-directions/linalg'
import { describe, expect, it } from 'vitest'
import { klOrder } from './kl-order.ts'
import { directionalFisher, type StatisticalModel } from './statistical-model.ts'
import { reluTwoLayer, tanhTwoLayer, twoLayerLinear } from './two-layer.ts'

const inputs = fromRows([[1, 0.2], [-0.7, 1.1], [0.4, -1.3], [1.9, 0.6], [-0.3, -0.8], [0.1, 1.7]])
const teacher = { inner: fromRows([[0.8, -0.5]]), outer: fromRows([[1.1], [0.4]]) }
const nothing = { inner: { rows: 0, cols: 2, data: new Float64Array() }, outer: { rows: 2, cols: 0, data: new Float64Array() } }

function orders(model: StatisticalModel): Record<string, number> {
  return Object.fromEntries(model.degenerations.map(({ name, approach, klOrder: stated }) => {
    const order = klOrder(model, approach)
    if (order.kind === 'refused') throw new Error(`${model.name}, ${name}: ${order.reason}`)
    expect(Math.abs(order.klOrder - stated), `${model.name}, ${name}`).toBeLessThan(0.005)
    return [name, Math.round(order.klOrder)]
  }))
}

/** `‖dμ/dh‖²` along u by a fourth-order central difference. */
function differenceFisher(mean: (theta: Float64Array) => number[], theta: Float64Array, u: Float64Array): number {
  const h = 1e-3
  const at = (n: number) => mean(theta.map((value, i) => value + n * h * u[i]!))
  const [a, b, c, d] = [-2, -1, 1, 2].map(at) as [number[], number[], number[], number[]]
  return a.reduce((sum, _, i) => sum + ((8 * (c[i]! - b[i]!) - (d[i]! - a[i]!)) / (12 * h)) ** 2, 0)
}

const networkMean = (phi: (x: number) => number, x: Matrix) => (theta: Float64Array) =>
  Array.from({ length: x.rows }, (_, s) => {
    const [x0, x1] = [x.data[2 * s]!, x.data[2 * s + 1]!]
    const hidden = [phi(theta[0]! * x0 + theta[1]! * x1), phi(theta[2]! * x0 + theta[3]! * x1)]
    return [theta[4]! * hidden[0]! + theta[5]! * hidden[1]!, theta[6]! * hidden[0]! + theta[7]! * hidden[1]!].map(y => y / Math.sqrt(x.rows))
  }).flat()

describe('two-layer networks', () => {
  it('linear: a vanishing channel has k = 2, one side alone k = 1', () => {
    const expected = { 'unit vanishes': 2, 'incoming weights vanish': 1, 'outgoing weights vanish': 1 }
    expect(orders(twoLayerLinear({ inputs, teacher }))).toEqual(expected)
    expect(orders(twoLayerLinear({ inputs, teacher: nothing, hidden: 3 }))).toEqual(expected)
  })

  it('tanh: vanishing on both sides and merging have k = 2, one side or one copy k = 1', () => {
    const vanishing = { 'unit vanishes': 2, 'incoming weights vanish': 1, 'outgoing weights vanish': 1 }
    expect(orders(tanhTwoLayer({ inputs, teacher }))).toEqual({ ...vanishing, 'units merge': 2, 'one copy moves': 1 })
    expect(orders(tanhTwoLayer({ inputs, teacher: nothing }))).toEqual(vanishing)
  })

  it('ReLU: vanishing on both sides has k = 2, one side or one copy k = 1', () => {
    expect(orders(reluTwoLayer({ inputs, teacher }))).toEqual({
      'unit vanishes': 2, 'incoming weights vanish': 1, 'outgoing weights vanish': 1, 'one copy moves': 1,
    })
  })

  it('has exact scores and divergence', () => {
    const theta = Float64Array.of(0.3, -0.9, 1.2, 0.5, 0.7, -0.4, 0.2, 1.5)
    const u = Float64Array.of(1, -2, 0.5, 0.3, -1, 0.8, 0.6, -0.2)
    const cases = [[tanhTwoLayer, Math.tanh], [reluTwoLayer, (x: number) => Math.max(0, x)], [twoLayerLinear, (x: number) => x]] as const
    for (const [build, phi] of cases) {
      const model = build({ inputs, teacher })
      const mean = networkMean(phi, inputs)
      expect(directionalFisher(model, theta, u) / differenceFisher(mean, theta, u)).toBeCloseTo(1, 9)
      const target = mean(Float64Array.of(0.8, -0.5, 0, 0, 1.1, 0, 0.4, 0))
      const divergence = mean(theta).reduce((sum, y, i) => sum + (y - target[i]!) ** 2, 0) / 2
      expect(model.divergence(theta) / divergence).toBeCloseTo(1, 12)
    }
  })

  it('names sizes that do not fit', () => {
    expect(() => tanhTwoLayer({ inputs, teacher, hidden: 1 })).toThrow("hidden: got 1, expected a whole number above the teacher's 1")
    expect(() => tanhTwoLayer({ inputs: fromRows([[1]]), teacher })).toThrow('teacher.inner: got 2 columns, expected 1, one per input')
    expect(() => tanhTwoLayer({ inputs, teacher: { ...teacher, outer: fromRows([[1, 2]]) } })).toThrow('teacher.outer: got 2 columns, expected 1')
  })
})
