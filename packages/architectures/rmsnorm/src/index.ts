export { rmsnorm } from './rmsnorm.ts'
export { type RmsNormSpec, rmsnormSpec } from './spec.ts'
