import { workerData } from 'node:worker_threads'
import { bindShared, published } from './gemm-shared.ts'

/** Milliseconds in which a thread without work looks for some before it sleeps: to wake it takes a tenth of that, or all of it. */
const watchful = 0.1

const { module, memory } = workerData as { readonly module: WebAssembly.Module; readonly memory: WebAssembly.Memory }
const { words, work } = bindShared(module, memory)
for (;;) {
  const seen = Atomics.load(words, published)
  while (work());
  const end = performance.now() + watchful
  while (Atomics.load(words, published) === seen) if (performance.now() > end) Atomics.wait(words, published, seen)
}
