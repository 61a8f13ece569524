import { availableParallelism } from 'node:os'
import { expect, it } from 'vitest'
import { describeMachine } from './machine.ts'

it('names the processor, its cores and the runtime', () => {
  const { cpu, cores, node, platform } = describeMachine()
  expect(cpu).not.toBe('')
  expect(cores).toBeGreaterThanOrEqual(availableParallelism())
  expect(`v${process.versions.node}`).toBe(node)
  expect(platform).toBe(`${process.platform} ${process.arch}`)
})
