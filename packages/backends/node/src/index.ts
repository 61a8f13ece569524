export { type NodeBackend, nodeBackend, nodeBackendName } from './node-backend.ts'
export { read64, tensor64 } from './tensor64.ts'
