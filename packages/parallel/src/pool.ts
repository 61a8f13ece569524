import { availableParallelism } from 'node:os'
import { setFlagsFromString } from 'node:v8'
import { BadInput } from '@dead-directions/registry'
import { Piscina } from 'piscina'
import { shared } from './shared-memory.ts'
import type { Jobs } from './tasks.ts'
import type { Outcome } from './worker.ts'

/** Worker threads, ready for jobs. */
export interface Pool {
  readonly threads: number
  /**
   * One job for every task, on whichever threads are free.
   *
   * @param onProgress called when a task is done
   * @returns the results in the tasks' order, the same bits as on one thread
   * @throws what the first failing task threw; an error naming the task when its worker died twice
   */
  map<name extends keyof Jobs>(job: name, tasks: readonly Jobs[name]['task'][], onProgress?: (done: number, total: number) => void): Promise<readonly Jobs[name]['result'][]>
  close(): Promise<void>
}

/** What a pool may be told. */
export interface PoolOptions {
  /** Default: as many as the machine runs at once. */
  readonly threads?: number
  /** A worker died while it ran that task, which is given to another once. */
  readonly onRetry?: (task: number, reason: string) => void
}

// Compiled, this file and the worker are `.js`; from source Node itself strips the types.
const fromSource = import.meta.url.endsWith('.ts')

/**
 * Worker threads for readouts, learning coefficients and conformance checks of built-in primitives. Weights and inputs lie in memory
 * that all of them share.
 *
 * @throws BadInput when `threads` is not a whole number of at least one
 * @example
 * import { openPool } from '@dead-directions/parallel'
 * const pool = openPool({ threads: 2 })
 * const [linear] = await pool.map('conformance', ['linear'])
 * await pool.close()
 * linear?.passed // true
 */
export function openPool(options: PoolOptions = {}): Pool {
  return poolOf(new URL(fromSource ? './worker.ts' : './worker.js', import.meta.url), options)
}

/** A pool whose threads run another worker. */
export function poolOf(worker: URL, { threads = availableParallelism(), onRetry }: PoolOptions): Pool {
  if (!Number.isInteger(threads) || threads < 1) throw new BadInput('threads', threads, 'a whole number of at least one')
  compileLoopsOnce()
  const piscina = new Piscina({
    filename: worker.href,
    minThreads: threads,
    maxThreads: threads,
    ...(fromSource ? { execArgv: ['--conditions=@dead-directions/source'] } : {}),
  })
  const attempt = (job: keyof Jobs, task: unknown): Promise<Outcome<unknown>> => piscina.run({ job, task }, { name: 'run' })
  const runTask = async (job: keyof Jobs, task: unknown, index: number): Promise<unknown> => {
    const outcome = await attempt(job, task).catch((death: Error) => {
      onRetry?.(index, death.message)
      return attempt(job, task).catch((again: Error) => {
        throw new Error(`${job}, task ${index + 1}: its worker died twice: ${again.message}`)
      })
    })
    if ('result' in outcome) return outcome.result
    throw Object.assign(new Error(outcome.error.message), outcome.error)
  }
  return {
    threads,
    async map(job, tasks, onProgress) {
      let done = 0
      const results = await Promise.all(
        tasks.map(async (task, index) => {
          const result = await runTask(job, shared(task), index)
          onProgress?.(++done, tasks.length)
          return result
        }),
      )
      return results as readonly Jobs[typeof job]['result'][]
    },
    close: () => piscina.destroy(),
  }
}

/**
 * V8 13 compiles TensorFlow.js's loops over the inputs of an operation for one layout of them, gives the code up at the next layout, and
 * so on without end: a quarter of a processor for each thread. Without its bytecode for `object[key]` in `for (key in object)` it does not.
 */
function compileLoopsOnce(): void {
  if (process.versions.v8.startsWith('13.')) setFlagsFromString('--no-enable-enumerated-keyed-access-bytecode')
}
