import type { Benchmark } from './benchmark.ts'
import { gemmBenchmark } from './gemm.ts'
import { gemmAgainstOpenBlasBenchmark } from './gemm-against-openblas.ts'
import { kfacPassBenchmark } from './kfac-pass.ts'
import { nodeProfileBenchmark } from './node-profile.ts'
import { optimizerBenchmarks } from './optimizer-step.ts'
import { readoutAgainstLlcBenchmark } from './readout-against-llc.ts'
import { readoutBenchmark } from './readout.ts'
import { readoutGrowthBenchmark } from './readout-growth.ts'
import { svdBenchmark } from './svd.ts'
import { trainingStepBenchmark } from './training-step.ts'
import { volumeBenchmark } from './volume.ts'
import { workersBenchmark } from './workers.ts'

/** Everything `bench` runs, in this order. */
export const benchmarks: readonly Benchmark[] = [gemmBenchmark, gemmAgainstOpenBlasBenchmark, svdBenchmark, kfacPassBenchmark, trainingStepBenchmark, nodeProfileBenchmark, ...optimizerBenchmarks, readoutBenchmark, readoutGrowthBenchmark, readoutAgainstLlcBenchmark, volumeBenchmark, workersBenchmark]
