export { type NodeBackend, nodeBackend, nodeBackendName } from './node-backend.ts'
