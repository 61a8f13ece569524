export { type GateName } from './gate.ts'
export { swiglu } from './swiglu.ts'
export { type SwigluSpec, swigluSpec } from './spec.ts'
