import { describe, expect, it } from 'vitest'
import { benchmarks } from './benchmarks.ts'
import { svdBenchmark } from './svd.ts'
import { trainingStepBenchmark } from './training-step.ts'

// A step of the wide model takes TensorFlow.js's own backend seconds; `training-step.test.ts` takes a small one.
const quick = benchmarks.filter(benchmark => 'prepare' in benchmark).filter(benchmark => benchmark !== trainingStepBenchmark)

describe('benchmarks', () => {
  it.each(quick)('$name: the reference runs, the others agree or say why they are absent', async benchmark => {
    const candidates = await benchmark.prepare()
    expect(candidates[benchmark.reference]).toBeTypeOf('function')
    for (const candidate of Object.values(candidates))
      if (typeof candidate === 'string') expect(candidate).toBe('not installed')
      else expect(candidate()).toBeUndefined()
  })

  it('find every graded singular value with svd and lose some with ml-matrix', async () => {
    const { svd, 'ml-matrix': reference } = await svdBenchmark.notes!()
    expect(svd).toBe('right to 1e-8: B·D 16/16, D·B 16/16')
    expect(reference).not.toContain('16/16')
  })
})
