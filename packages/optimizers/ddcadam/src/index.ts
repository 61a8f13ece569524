export { type AdamConstants, adamDirection, type Direction, type Moments, type OptimizerState, stateOf } from './adam.ts'
export { DDCAdam, type DDCAdamOptions } from './ddcadam.ts'
export type { Granularity, Mixed, Plan } from './plan.ts'
export { rateAt, type Schedule } from './schedule.ts'
