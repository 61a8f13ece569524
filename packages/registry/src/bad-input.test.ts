import { type } from 'arktype'
import { expect, test } from 'vitest'
import { BadInput, checked } from './bad-input.ts'

const schema = type({ width: 'number.integer >= 1', 'names?': 'string[]' })

test('passes what the schema takes', () => {
  expect(checked(schema, { width: 2 }, 'spec')).toEqual({ width: 2 })
})

test.each([
  [{ width: 0 }, 'spec.width', 'got 0'],
  [{ width: 1.5 }, 'spec.width', 'got 1.5'],
  [{}, 'spec.width', 'got nothing'],
  [{ width: 1, names: ['a', 3] }, 'spec.names.1', 'got 3'],
  ['text', 'spec', 'got "text"'],
])('of %j says which field, what came and what was expected, in one line', (value, field, came) => {
  const error = caught(() => checked(schema, value, 'spec'))
  expect(error).toBeInstanceOf(BadInput)
  expect(error.field).toBe(field)
  expect(error.message).toMatch(new RegExp(`^${field}: ${came.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}, expected .+$`))
  expect(error.message).not.toContain('\n')
})

test('cuts long values', () => {
  expect(new BadInput('field', 'x'.repeat(500), 'less').message.length).toBeLessThan(120)
})

function caught(run: () => unknown): BadInput {
  try {
    run()
  } catch (error) {
    return error as BadInput
  }
  throw new Error('nothing was thrown')
}
