import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { copyOut } from './gemm-packed.ts'
import { blocksOf } from './gemm-blocks.ts'
import { type Plan, planOf } from './gemm-round.ts'
import { bindShared, published, sharedPages, stripsDone, type Shared } from './gemm-shared.ts'
import { gemmSharedWasm } from './gemm-shared-wasm.ts'
import { type Batch, itemOf, multiplyAlone, multiplier, useMultiplier, type Multiplier } from './multiplier.ts'
import type { Operand, Target } from './operand.ts'
import { compile } from './wasm.ts'

/** Multiplications from which a product gains by a second thread. */
const threadsPay = 160 ** 3

/** Milliseconds without news after which the other threads are given up. */
const patience = 2000

/** Milliseconds, more than a tile takes, in which a thread looks without pause for what others do. */
const watchful = 2

/** Threads that share the products of {@link gemm}, with the bits of one. */
export interface GemmThreads {
  /** The calling one included. */
  readonly threads: number
  /** From here on products run on the calling thread alone; again is harmless. */
  close(): Promise<void>
}

// Compiled, this file and the worker are `.js`; from source Node itself strips the types.
const fromSource = import.meta.url.endsWith('.ts')

/**
 * Starts threads that {@link gemm} shares its products with, from 160³ multiplications on, batches included; smaller ones stay
 * on the calling thread. Every entry has the same bits as on one thread. For Node.
 *
 * The threads keep no process alive and share 25 MiB of memory. Where one dies, or does not answer for two seconds, a warning
 * says so and products go on on the calling thread.
 *
 * @param threads the calling one included; as many as the machine runs at once where not given
 * @throws RangeError when `threads` is not a whole number of at least 1; Error while threads are running
 * @example
 * import { gemm } from '@dead-directions/linalg'
 * import { startGemmThreads } from '@dead-directions/linalg/threads'
 * const threads = startGemmThreads(2)
 * const [n, c] = [200, new Float64Array(200 * 200)]
 * gemm({ m: n, n, k: n, a: new Float64Array(n * n).fill(1), b: new Float64Array(n * n).fill(2), c })
 * c[0] // 400
 * await threads.close()
 */
export function startGemmThreads(threads: number = availableParallelism()): GemmThreads {
  return startThreadsOf(new URL(fromSource ? './gemm-thread.ts' : './gemm-thread.js', import.meta.url), threads)
}

/** Threads that run another worker. */
export function startThreadsOf(worker: URL, threads: number): GemmThreads {
  if (!Number.isInteger(threads) || threads < 1) throw new RangeError(`startGemmThreads: threads is ${threads}, expected a whole number of at least 1`)
  if (multiplier() !== multiplyAlone) throw new Error('startGemmThreads: threads are running already, expected them closed first')
  const module = compile(gemmSharedWasm)
  const memory = new WebAssembly.Memory({ initial: sharedPages, maximum: sharedPages, shared: true })
  const shared = bindShared(module, memory)
  const workers = Array.from({ length: threads - 1 }, () => new Worker(worker, { workerData: { module, memory }, execArgv: [] }))
  let open = true
  const close = async (): Promise<void> => {
    if (open) useMultiplier(multiplyAlone)
    open = false
    await Promise.all(workers.map(worker => worker.terminate()))
  }
  const giveUp = (reason: string): void => {
    if (!open) return
    process.emitWarning(`gemm goes on on one thread: ${reason}`)
    void close()
  }
  for (const worker of workers) {
    worker.unref()
    worker.on('error', ({ message }) => giveUp(message))
    worker.on('exit', () => giveUp('a thread has ended'))
  }
  const multiply: Multiplier = (count, m, n, k, a, b, c) => {
    try {
      if (count * m * n * k >= threadsPay) return multiplyShared(shared, count, m, n, k, a, b, c)
    } catch (thrown) {
      if (!(thrown instanceof NoAnswer)) throw thrown
      giveUp(thrown.message)
    }
    multiplyAlone(count, m, n, k, a, b, c)
  }
  if (threads > 1) useMultiplier(multiply)
  return { threads, close }
}

class NoAnswer extends Error {}

/** Waits for other threads, but not for one that has died. */
function waitFor(words: Int32Array, at: number, count: number): void {
  let seen = Atomics.load(words, at)
  for (let news = performance.now(); seen < count; ) {
    const silence = performance.now() - news
    if (silence > patience) throw new NoAnswer(`a thread has not answered for ${patience / 1000} s`)
    if (silence > watchful) Atomics.wait(words, at, seen, 1)
    const now = Atomics.load(words, at)
    if (now !== seen) news = performance.now()
    seen = now
  }
}

function multiplyShared(shared: Shared, count: number, m: number, n: number, k: number, a: Batch<Operand>, b: Batch<Operand>, c: Batch<Target>): void {
  const { items, rows, columns, depth } = blocksOf(count, m, n, k)
  for (let item = 0; item < count; item += items)
    for (let j = 0; j < n; j += columns)
      for (let i = 0; i < m; i += rows)
        for (let p = 0; p < k; p += depth) {
          const plan = planOf({
            items: Math.min(items, count - item),
            rows: Math.min(rows, m - i),
            columns: Math.min(columns, n - j),
            depth: Math.min(depth, k - p),
            accumulate: p > 0,
          })
          shared.begin(plan)
          packRound(shared, plan, at(itemOf(a, item), i, p), at(itemOf(b, item), j, p))
          finishRound(shared, plan, p + depth >= k ? block(itemOf(c, item), i, j) : undefined)
        }
}

function at(operand: Batch<Operand>, line: number, step: number): Batch<Operand> {
  return { ...operand, offset: operand.offset + line * operand.lineStride + step * operand.stepStride }
}

function block(target: Batch<Target>, row: number, column: number): Batch<Target> {
  return { ...target, offset: target.offset + row * target.rowStride + column * target.columnStride }
}

/** Packs the factors, publishing each tile when what it multiplies is there: those of the first strip while B is packed, then strip after strip. */
function packRound({ words, packA, packB }: Shared, plan: Plan, left: Batch<Operand>, right: Batch<Operand>): void {
  const { items, rows, columns, tileRows, tileColumns, tilesInStrip } = plan
  for (let item = 0; item < items; item++)
    for (let row = 0; row < rows; row += tileRows) {
      packA(plan, item, itemOf(left, item), row, Math.min(tileRows, rows - row))
      if (row > 0) publish(words, tilesInStrip)
      else
        for (let column = 0; column < columns; column += tileColumns) {
          packB(plan, item, itemOf(right, item), column, Math.min(tileColumns, columns - column))
          publish(words, 1)
        }
    }
}

function publish(words: Int32Array, tasks: number): void {
  Atomics.add(words, published, tasks)
  Atomics.notify(words, published)
}

/** Takes part in the work, copying strips of C out as they are done. */
function finishRound({ words, c, work }: Shared, { items, strips, tilesInStrip, tileRows, rows, columns, ldc, cLength }: Plan, target: Batch<Target> | undefined): void {
  let copied = 0
  const copyStrip = () => {
    const item = Math.floor(copied / strips)
    const row = (copied % strips) * tileRows
    if (target) copyOut(c.subarray(item * cLength + row * ldc), ldc, itemOf(target, item), row, Math.min(tileRows, rows - row), 0, columns)
    copied++
  }
  while (work()) while (copied < items * strips && Atomics.load(words, stripsDone + copied) === tilesInStrip) copyStrip()
  while (copied < items * strips) {
    waitFor(words, stripsDone + copied, tilesInStrip)
    copyStrip()
  }
}
