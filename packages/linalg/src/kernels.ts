export { createPlainKernel, createWasmKernel } from './gemm-kernel.ts'
export { multiplyPacked } from './gemm-packed.ts'
export type { BlockKernel } from './gemm-packed.ts'
export type { Operand, Target } from './operand.ts'
