import { expect, test, vi } from 'vitest'
import { main } from '../main.ts'

// No built-in disagrees with its rule, so the probing is put in place here.
vi.mock('../probed.ts', () => ({
  writeProbePage: async () => {},
  probed: async () => ({
    studies: [
      {
        primitive: 'wrong',
        title: 'wrong chain of 1',
        rows: [
          { node: 'wrong1', quantity: 'forward', predicted: 2, predictedCoefficient: 1, measured: 1, measuredCoefficient: 1, standardError: 0, window: [1e-6, 0.1], disagreement: 'predicted 2, measured 1.000' },
        ],
      },
    ],
    kernels: [],
  }),
}))

test('rates that disagree with their rule are named, and the exit code is 1', async () => {
  let out = ''
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation(text => ((out += String(text)), true))
  const code = await main(['probe', 'wrong'])
  stdout.mockRestore()
  expect(code).toBe(1)
  expect(out).toContain('✗ wrong chain of 1, node wrong1, forward: predicted 2, measured 1.000')
})
