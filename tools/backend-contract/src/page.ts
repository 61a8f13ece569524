import { wasmBackend } from '@dead-directions/backend-wasm'
import { webgpuBackend } from '@dead-directions/backend-webgpu'
import { runBackends } from './run-backends.ts'

Object.assign(globalThis, { contract: () => runBackends({ wasm: wasmBackend({ path: '/wasm/' }), webgpu: webgpuBackend() }, ['cpu', 'webasm', 'webgpu']) })
