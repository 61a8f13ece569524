export type { Experiment, Line, Size, Summary } from './experiment.ts'
export { experimentNamed, experiments } from './experiments.ts'
export { type Outcome, runExperiment, type RunOptions } from './run-experiment.ts'
export { type MedianInterval, medianInterval, signTest } from './statistics.ts'
