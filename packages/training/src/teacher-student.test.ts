import { nodeBackend } from '@dead-directions/backend-node'
import { expect, test } from 'vitest'
import { primitives } from '../test/primitives.ts'
import { teacherStudent } from './teacher-student.ts'
import { train } from './train.ts'

test.each(['tanh', 'relu'] as const)('a student with a unit more learns its %s teacher, on inputs it never saw', async activation => {
  await nodeBackend.install()
  const task = teacherStudent({ activation, width: 3, teacherWidth: 1, inputs: 2, outputs: 2 })
  const variance = task.validation.targets.data.reduce((sum, y) => sum + y * y, 0) / task.validation.targets.data.length
  let last = Infinity
  for await (const { validationLoss } of train({ task, registry: primitives, optimizer: { name: 'adam', learningRate: 0.02 }, steps: 800, validateEvery: 800 })) last = validationLoss ?? last
  expect(last).toBeLessThan(1e-4 * variance)
})

test('is its seed and nothing else', () => {
  expect(teacherStudent({ seed: 4 })).toEqual(teacherStudent({ seed: 4 }))
  expect(teacherStudent({ seed: 4 }).training.targets.data).not.toEqual(teacherStudent({ seed: 5 }).training.targets.data)
})

test('an activation that it does not have is refused', () => {
  expect(() => teacherStudent({ activation: 'gelu' as 'relu' })).toThrow('teacher-student.activation: got "gelu", expected "tanh" or "relu"')
})
