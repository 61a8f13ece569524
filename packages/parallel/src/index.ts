export { chainsOver } from './chains-over.ts'
export { openPool, type Pool, type PoolOptions } from './pool.ts'
export type { ChainOf, Checkpoint, Jobs, LlcData, LlcTask, ReadoutTask, RoundupTask } from './tasks.ts'
