export { chainEnsemble, type ChainEnsemble, type EnsembleOptions, type TemperedEnergy } from './chain-ensemble.ts'
export { createGpu, type GpuMode, type SeededGpu, type SeededKernel } from './create-gpu.ts'
export { type SublevelProblem, type Term } from './polynomial.ts'
export { type LevelVolume, sublevelVolumes, type SublevelVolumes, type VolumeOptions } from './sublevel-volumes.ts'
