import { buildNetwork, initialParameters, matrix, nodeBackend, presetRegistry, standardNormals } from '@dead-directions/dead-directions'
import { localLearningCoefficient, networkLandscape } from '@dead-directions/llc'
import { expect, test } from 'vitest'
import { chainsOver } from './chains-over.ts'
import { openPool } from './pool.ts'

test('a learning coefficient has the same bits with its chains on this thread, on one worker and on two', async () => {
  await nodeBackend.install()
  const network = buildNetwork(
    { input: [2], nodes: [{ name: 'body', primitive: 'mlp', spec: { widths: [2, 3, 1], activation: 'tanh' }, inputs: ['input'] }], output: 'body', likelihood: 'gaussian' },
    presetRegistry(),
  )
  const data = { parameters: initialParameters(network, 5), inputs: matrix(40, 2, standardNormals(6, 80)), targets: matrix(40, 1, standardNormals(9, 40)) }
  const landscape = await networkLandscape({ network, ...data })
  const options = { seed: 3, chains: 3, burnIn: 20, draws: 60 }
  const here = await localLearningCoefficient(landscape, options)
  for (const threads of [1, 2]) {
    const pool = openPool({ threads })
    const calls: (readonly [number, number, string])[] = []
    const onProgress = (...call: readonly [number, number, string]) => void calls.push(call)
    const there = await localLearningCoefficient(landscape, { ...options, onProgress }, chainsOver(pool, { network: network.description, ...data }))
    await pool.close()
    expect({ ...there, seconds: 0 }).toEqual({ ...here, seconds: 0 })
    expect(calls.at(-1)).toEqual([240, 240, threads === 1 ? '3 chains on 1 thread' : '3 chains on 2 threads'])
  }
})
