import { initialParameters, matrix, buildNetwork, presetRegistry, roundup, standardNormals } from '@dead-directions/dead-directions'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPool, type Pool, poolOf } from './pool.ts'
import { jobs, type LlcTask, type ReadoutTask } from './tasks.ts'

const registry = presetRegistry()
let pool: Pool

beforeAll(() => {
  pool = openPool({ threads: 2 })
})
afterAll(() => pool.close())

function perceptron(seed: number): ReadoutTask {
  const network = { input: [2], nodes: [{ name: 'body', primitive: 'mlp', spec: { widths: [2, 3, 1], activation: 'tanh' }, inputs: ['input'] }], output: 'body', likelihood: 'gaussian' } as const
  return { network, parameters: initialParameters(buildNetwork(network, registry), seed), inputs: matrix(40, 2, standardNormals(seed + 1, 80)) }
}

describe('openPool', () => {
  test('readouts have the same bits on two threads as on this one, in order', async () => {
    const tasks = [1, 2, 3].map(perceptron)
    const done: number[] = []
    const reports = await pool.map('readout', tasks, count => done.push(count))
    expect(done).toEqual([1, 2, 3])
    for (const [i, task] of tasks.entries()) expect(JSON.stringify(reports[i])).toBe(JSON.stringify(await jobs.readout(task)))
  })

  test('learning coefficients have the same bits on two threads as on this one', async () => {
    const task = { ...perceptron(5), targets: matrix(40, 1, standardNormals(9, 40)), options: { seed: 3, chains: 2, burnIn: 20, draws: 60, stepSize: 1e-3 } } satisfies LlcTask
    const [there, again] = await pool.map('llc', [task, task])
    const here = await jobs.llc(task)
    for (const result of [there, again]) expect({ ...result, seconds: 0 }).toEqual({ ...here, seconds: 0 })
  })

  test('the rates of two primitives, each on a thread of its own, are those of both together', async () => {
    const names = ['linear', 'rmsnorm']
    const parts = await pool.map('roundup', names.map(primitive => ({ primitive, width: 3 })))
    const together = await roundup(names.map(name => registry.architecture(name)), registry, 3)
    expect(parts.flatMap(({ studies }) => studies)).toEqual(together.studies)
    expect(parts.flatMap(({ kernels }) => kernels)).toEqual(together.kernels)
  })

  test('a task that throws gives its own error and leaves the pool usable', async () => {
    await expect(pool.map('conformance', ['no-such-primitive'])).rejects.toThrow(/primitive: got "no-such-primitive", expected one of "linear"/)
    await expect(pool.map('conformance', ['linear'])).resolves.toMatchObject([{ passed: true }])
  })

  test('threads that are no count are refused', () => {
    expect(() => openPool({ threads: 0 })).toThrow('threads: got 0, expected a whole number of at least one')
  })
})

describe('a worker that dies', () => {
  const dying = new URL('../test/dying-worker.ts', import.meta.url)

  /** Tasks of the fixture, as the pool's own are typed. */
  async function survive(deaths: number): Promise<{ result: unknown; retried: readonly number[] }> {
    const retried: number[] = []
    const pool = poolOf(dying, { threads: 1, onRetry: task => retried.push(task) })
    const task = { attempts: new Int32Array(new SharedArrayBuffer(4)), deaths }
    const result = await pool.map('readout', [task as unknown as ReadoutTask]).then(([attempt]) => attempt as unknown, (error: Error) => error.message)
    await pool.close()
    return { result, retried }
  }

  test('once is reported, and its task done by another', async () => {
    expect(await survive(1)).toEqual({ result: 2, retried: [0] })
  })

  test('twice fails with the task named', async () => {
    const { result, retried } = await survive(2)
    expect(retried).toEqual([0])
    expect(result).toMatch(/^readout, task 1: its worker died twice: /)
  })
})
