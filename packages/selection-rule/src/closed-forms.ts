export { deepLinearNetwork } from './deep-linear-network.ts'
export type { Invariants } from './invariants.ts'
export { reducedRankRegression, type ReducedRankShape } from './reduced-rank-regression.ts'
export { singularFluctuation } from './singular-fluctuation.ts'
