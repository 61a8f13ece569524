import { describe, expect, test } from 'vitest'
import { run } from '../../test/run.ts'

describe('deaddir nu', () => {
  test('is 1/2 for a regular direction and 0.2783664744 at order 3', async () => {
    const [regular, third] = [JSON.parse((await run('nu', '1', '--json')).out), JSON.parse((await run('nu', '3', '--json')).out)]
    expect(regular).toMatchObject({ lambda: 0.5, multiplicity: 1, nu: 0.5 })
    expect(third).toMatchObject({ lambda: 1 / 6, multiplicity: 1, nu: 0.2783664744 })
  })

  test('shows λ as a decimal and a fraction', async () => {
    expect((await run('nu', '3')).out).toBe('λ  0.1666666667 = 1/6\nm  1\nν  0.2783664744\n   B6 one direction of order 3\n')
  })
})
