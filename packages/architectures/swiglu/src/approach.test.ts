import { expect, test } from 'vitest'
import { canonicalApproach, deadChannel } from './approach.ts'

test('all three maps are diag(1, …, 1, t), whatever the shape', () => {
  const spec = { width: 3, hidden: 2 }
  const values = canonicalApproach(spec, 0.1)
  expect([...values['gate.weight']!.data]).toEqual([1, 0, 0, 0, 0.1, 0])
  expect(values['up.weight']).toEqual(values['gate.weight'])
  expect(values['down.weight']!.shape).toEqual([3, 2])
  expect([...values['down.weight']!.data]).toEqual([1, 0, 0, 0.1, 0, 0])
  expect(deadChannel(spec)).toBe(1)
  expect(deadChannel({ width: 3, hidden: 7 })).toBe(2)
})
