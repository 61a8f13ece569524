import { expect, it } from 'vitest'
import { ifInstalled } from './if-installed.ts'

it('gives a package that is there, undefined for one that is not, and passes on any other failure', async () => {
  expect(await ifInstalled(import('node:os'))).toHaveProperty('cpus')
  expect(await ifInstalled(Promise.reject(Object.assign(new Error('no such package'), { code: 'ERR_MODULE_NOT_FOUND' })))).toBeUndefined()
  await expect(ifInstalled(Promise.reject(new Error('broken')))).rejects.toThrow('broken')
})
