import { fromRows } from '@dead-directions/linalg'
import { describe, expect, it } from 'vitest'
import type { Ray } from './approach.ts'
import { reluTwoLayer, tanhTwoLayer, twoLayerLinear } from './two-layer.ts'

const inputs = fromRows([[1, 0.2, -0.4], [-0.7, 1.1, 0.3], [0.4, -1.3, 1]])
const teacher = { inner: fromRows([[0.8, -0.5, 0.1], [0.2, 0.7, -1]]), outer: fromRows([[1.1, -0.3]]) }

describe('the degenerations of a two-layer network', () => {
  it('begin on the degenerate set and leave it', () => {
    for (const build of [twoLayerLinear, tanhTwoLayer, reluTwoLayer]) {
      const model = build({ inputs, teacher, hidden: 4 })
      for (const { name, approach } of model.degenerations) {
        const { origin, direction } = approach as Ray
        expect(model.divergence(origin), name).toBeLessThan(1e-30)
        expect(model.divergence(origin.map((value, i) => value + 0.3 * direction[i]!)), name).toBeGreaterThan(1e-6)
      }
    }
  })

  it('merge at a fixed output-weighted mean', () => {
    const { origin, direction } = tanhTwoLayer({ inputs, teacher }).degenerations.find(({ name }) => name === 'units merge')!.approach as Ray
    // Three units with three inputs each, then the outgoing weights: unit 0 was split into units 0 and 2.
    for (let i = 0; i < 3; i++) {
      expect(origin[i]).toBe(origin[6 + i])
      expect(origin[9]! * direction[i]! + origin[11]! * direction[6 + i]!).toBeCloseTo(0, 15)
    }
  })
})
