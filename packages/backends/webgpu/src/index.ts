export { webgpuBackend } from './webgpu-backend.ts'
