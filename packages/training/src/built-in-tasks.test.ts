import { expect, test } from 'vitest'
import { createTask, taskNames } from './built-in-tasks.ts'

test.each(taskNames)('%s is made by its name, and says all that it was made with', name => {
  const task = createTask(name)
  expect(task.name).toBe(name)
  expect(createTask(name, task.options)).toEqual(task)
})

test('an unknown task or option is refused', () => {
  expect(() => createTask('xor')).toThrow('task: got "xor", expected one of modular-addition, teacher-student, deep-linear')
  expect(() => createTask('deep-linear', { modulus: 3 })).toThrow('deep-linear.modulus: got 3, expected one of the options width, layers, rank, samples, batchSize, seed')
})
