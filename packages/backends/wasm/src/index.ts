export { wasmBackend, type WasmOptions } from './wasm-backend.ts'
