import { nodeBackend } from '@dead-directions/backend-node'
import { expect, it } from 'vitest'
import { type OptimizerBytes, optimizerBytes } from './optimizer-step.ts'

it('DDCAdam takes at most 1.2 times the bytes of Adam, in its state and at its peaks', async () => {
  await nodeBackend.install()
  const bytes = await optimizerBytes({ width: 16, vocabulary: 24, samples: 2, positions: 6 })
  const [adam, quotient, plain] = ['tf.train.adam', 'DDCAdam', 'DDCAdam, no gauges'].map(name => bytes.get(name)) as [OptimizerBytes, OptimizerBytes, OptimizerBytes]
  for (const part of ['state', 'peak of an update', 'peak of a step'] as const) expect(quotient[part] / adam[part]).toBeLessThan(1.2)
  // Two moments for every parameter, and nothing else.
  expect(plain.state).toBe(adam.state)
})
