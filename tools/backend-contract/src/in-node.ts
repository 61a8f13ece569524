import { webgpuBackend } from '@dead-directions/backend-webgpu'
import { wasmBackend } from '@dead-directions/backend-wasm'
import { runBackends } from './run-backends.ts'

// A process of its own: WebGPU needs its environment before it starts, and leaves threads behind.
const results = await runBackends({ wasm: wasmBackend(), webgpu: webgpuBackend() }, ['cpu', 'webasm'])
process.stdout.write(JSON.stringify(results), () => process.exit(0))
