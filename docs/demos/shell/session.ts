import type { Answer, Request, Shown } from './messages.ts'
import type { DroppedFile } from './reading.ts'
import type { State } from './state.ts'

/** What a page hears of a computation. */
export interface Listener {
  progress(done: number, of: number, partial: Shown | null): void
  done(shown: Shown): void
  failed(message: string): void
  cancelled(): void
}

/** One page's worker: computes the newest state that it was given, and stays idle until the first. */
export interface Session {
  compute(demo: string, state: State, width: number, files: readonly DroppedFile[]): void
  cancel(): void
  close(): void
}

/** Milliseconds after which a worker that was told to stop counts as deaf. */
const deaf = 500

/** A session that reports to a listener what became of its newest computation; older ones are not heard of again. */
export function openSession(listener: Listener): Session {
  let worker: Worker | undefined
  let newest = 0
  let busy = false
  const start = (): Worker => {
    const started = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    started.onmessage = ({ data }: MessageEvent<Answer>) => {
      if (data.id !== newest) return
      busy = data.kind === 'progress'
      hear(listener, data)
    }
    started.onerror = ({ message }) => listener.failed(message || 'the worker could not be loaded')
    return started
  }
  const post = (request: Request): void => (worker ??= start()).postMessage(request)
  return {
    compute(demo, state, width, files) {
      busy = true
      post({ kind: 'compute', id: (newest += 1), demo, state: { ...state }, width, files })
    },
    cancel() {
      const id = newest
      post({ kind: 'cancel' })
      // A computation that does not pause cannot hear: its worker goes, and the next request gets a new one.
      setTimeout(() => {
        if (id !== newest || !busy) return
        busy = false
        worker?.terminate()
        worker = undefined
        listener.cancelled()
      }, deaf)
    },
    close: () => worker?.terminate(),
  }
}

function hear(listener: Listener, answer: Answer): void {
  switch (answer.kind) {
    case 'progress':
      return listener.progress(answer.done, answer.of, answer.partial)
    case 'done':
      return listener.done(answer.shown)
    case 'failed':
      return listener.failed(answer.message)
    case 'cancelled':
      return listener.cancelled()
  }
}
