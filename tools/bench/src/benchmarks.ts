import type { Benchmark } from './benchmark.ts'
import { gemmBenchmark } from './gemm.ts'
import { kfacPassBenchmark } from './kfac-pass.ts'
import { readoutBenchmark } from './readout.ts'
import { svdBenchmark } from './svd.ts'

/** Everything `bench` runs, in this order. */
export const benchmarks: readonly Benchmark[] = [gemmBenchmark, svdBenchmark, kfacPassBenchmark, readoutBenchmark]
