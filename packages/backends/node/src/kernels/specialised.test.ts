import { expect, test } from 'vitest'
import { specialised } from './specialised.ts'

const makeLoop = (operation: (x: number) => number) => (values: number[]) => {
  for (let i = 0; i < values.length; i++) values[i] = operation(values[i]!)
}

test('each operation has a loop of its own, made once, that may use what surrounds the operation', () => {
  const offset = 10
  const [shift, double] = [specialised(makeLoop, (x: number) => x + offset), specialised(makeLoop, (x: number) => 2 * x)]
  const values = [1, 2]
  shift()(values)
  double()(values)
  expect(values).toEqual([22, 24])
  expect(shift()).toBe(shift())
  expect(shift()).not.toBe(double())
})
