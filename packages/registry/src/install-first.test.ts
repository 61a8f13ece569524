import { expect, test } from 'vitest'
import { type Backend, defineBackend } from './backend.ts'
import { installFirst } from './install-first.ts'

function backend(name: string, refusal: string | null): Backend {
  return defineBackend({
    kind: 'backend',
    name,
    precision: 'float32',
    epsilon: 2 ** -23,
    install: () => (refusal === null ? Promise.resolve() : Promise.reject(new Error(refusal))),
  })
}

test('the first that installs is taken, and every refusal before it is told', async () => {
  const told: string[] = []
  const chosen = await installFirst([backend('gpu', 'no adapter'), backend('cpu', null), backend('other', 'never asked')], ({ name }, reason) => told.push(`${name}: ${reason}`))
  expect(chosen.name).toBe('cpu')
  expect(told).toEqual(['gpu: no adapter'])
})

test('where none installs, every reason is given', async () => {
  const installing = installFirst([backend('gpu', 'no adapter'), backend('cpu', 'no luck')], () => {})
  await expect(installing).rejects.toThrow('backends: got "gpu: no adapter; cpu: no luck", expected one that can be installed')
})
