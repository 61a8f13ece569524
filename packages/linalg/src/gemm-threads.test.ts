import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { naiveGemm } from '../test/naive-gemm.ts'
import { randomEntries } from '../test/random.ts'
import { gemm, type GemmOptions } from './gemm.ts'
import { type GemmThreads, startGemmThreads, startThreadsOf } from './gemm-threads.ts'

let threads: GemmThreads | undefined
afterEach(() => threads?.close())

function product(options: Omit<GemmOptions, 'c'>): Buffer {
  const { m, n, count = 1, cOffset = 0 } = options
  const c = new Float64Array(cOffset + count * m * n + 3).fill(Number.NaN)
  gemm({ ...options, c })
  return Buffer.from(c.buffer)
}

describe('startGemmThreads', () => {
  it.each<[string, Omit<GemmOptions, 'a' | 'b' | 'c'>]>([
    ['one block', { m: 163, n: 161, k: 167 }],
    ['few rows', { m: 4, n: 1111, k: 1300 }],
    ['few columns', { m: 2101, n: 5, k: 601 }],
    ['a long sum, in several blocks', { m: 71, n: 33, k: 17_000 }],
    ['more rows and columns than a block has', { m: 1203, n: 1101, k: 7 }],
    ['a batch', { m: 37, n: 41, k: 43, count: 70 }],
    ['a batch of which not all fit', { m: 400, n: 300, k: 200, count: 11 }],
    ['a batch against one matrix', { m: 50, n: 61, k: 52, count: 30, aStride: 0 }],
  ])('has the bits of one thread for every transpose: %s', async (_, shape) => {
    const { m, n, k, count = 1, aStride = m * k, bStride = k * n } = shape
    const a = randomEntries(3 + (count - 1) * aStride + m * k, m)
    const b = randomEntries(1 + (count - 1) * bStride + k * n, n)
    const forms = [false, true].flatMap(transposeA => [false, true].map(transposeB => ({ ...shape, a, b, transposeA, transposeB, aOffset: 3, bOffset: 1, cOffset: 2 })))
    const alone = forms.map(product)
    threads = startGemmThreads(3)
    // So that the threads are there to take part.
    await new Promise(resolve => setTimeout(resolve, 150))
    forms.forEach((form, i) => expect(product(form).equals(alone[i]!)).toBe(true))
  })

  it('has the bits of the triple loop for a Gram matrix', () => {
    const [n, k] = [170, 301]
    const a = randomEntries(n * k, 1)
    threads = startGemmThreads(2)
    const c = new Float64Array(n * n)
    gemm({ m: n, n, k, a, b: a, transposeB: true, c })
    expect(c).toEqual(naiveGemm({ m: n, n, k, a, b: a, transposeB: true, c }))
  })

  it('can be closed, twice, and started again, but not twice at a time', async () => {
    threads = startGemmThreads(2)
    expect(threads.threads).toBe(2)
    expect(() => startGemmThreads(2)).toThrow('startGemmThreads: threads are running already, expected them closed first')
    await threads.close()
    await threads.close()
    threads = startGemmThreads(2)
    expect(() => startGemmThreads(0)).toThrow('startGemmThreads: threads is 0, expected a whole number of at least 1')
  })

  it('goes on alone, with the same bits and a warning, when a thread leaves its task undone', async () => {
    const n = 300
    const options = { m: n, n, k: n, a: randomEntries(n * n, 1), b: randomEntries(n * n, 2) }
    const alone = product(options)
    const warned = once(process, 'warning')
    threads = startThreadsOf(new URL('../test/thread-that-leaves.ts', import.meta.url), 2)
    // Until the thread has started and has claimed something.
    for (const end = performance.now() + 20_000; performance.now() < end; ) {
      const start = performance.now()
      expect(product(options).equals(alone)).toBe(true)
      if (performance.now() - start > 1500) break
      await new Promise(resolve => setTimeout(resolve, 20))
    }
    const [{ message }] = (await warned) as [Error]
    expect(message).toMatch(/^gemm goes on on one thread: (a thread has not answered for 2 s|gone)$/)
    expect(product(options).equals(alone)).toBe(true)
  }, 30_000)
})
