export { type AdamConstants, adamDirection, type Moments, type OptimizerState, stateOf } from './adam.ts'
export { DDCAdam, type DDCAdamOptions } from './ddcadam.ts'
export type { Granularity, Mixed, Plan } from './plan.ts'
