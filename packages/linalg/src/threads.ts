export { startGemmThreads } from './gemm-threads.ts'
export type { GemmThreads } from './gemm-threads.ts'
