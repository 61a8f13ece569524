import { workerData } from 'node:worker_threads'
import { bindShared } from '../src/gemm-shared.ts'

// A thread of products that claims its first task and ends before it says that the task is done.
const { module, memory } = workerData as { readonly module: WebAssembly.Module; readonly memory: WebAssembly.Memory }
const { work } = bindShared(module, memory)
Atomics.add = () => {
  throw new Error('gone')
}
while (!work());
