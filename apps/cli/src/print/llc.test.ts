import type { LlcEstimate, LlcRefusal } from '@dead-directions/llc'
import { expect, test } from 'vitest'
import { llcText, traceText } from './llc.ts'

const run = { sampler: 'sgld', beta: 0.2, localisation: 1, stepSize: 2 ** -12, metropolis: false, baseline: 1.5, passes: 812.4, seconds: 3.21 } as const
const diagnostics = { rHat: 1.0123, effectiveSampleSize: 812.6, acceptance: 0.913, bias: { discretisation: 0.01, batchNoise: 0.002 }, trace: [Float64Array.of(1, 2)] }
const number = { value: -0.25, standardError: 0.04 }
const estimate: LlcEstimate = { kind: 'estimate', lambda: 2.5, standardError: 0.05, nu: { value: 2.2, standardError: 0.1 }, overSamples: { value: 2.94, standardError: 0.06 }, sensitivity: { localisation: number, temperature: null }, ...diagnostics, ...run }

test('says λ, ν, what moves them, and how the chains ran', () => {
  expect(llcText(estimate, true).split('\n')).toEqual([
    'λ̂        2.500 ± 0.050  λ where the checkpoint minimises the loss',
    'λ̂ + βν̂   2.940 ± 0.060  λ over samples where the checkpoint is the truth, as here',
    'ν̂        2.200 ± 0.100  at this β',
    'slopes   -0.250 ± 0.040 by log γ',
    'chains   R-hat 1.012, 813 effective draws, acceptance 0.91, bias 0.010 from step size and 0.0020 from batches',
    'sampler  sgld, β = 0.2000, γ = 1, step size 2.4e-4, every step taken',
    'loss     1.50000 at the checkpoint',
    'cost     812 passes over all inputs, 3.2 s',
  ])
})

test('says why there is no λ, with lines of at most 120 characters', () => {
  const refusal: LlcRefusal = { kind: 'refused', cause: 'divergence', reason: 'chain 1 diverged at a step size that was far too large for it. '.repeat(4).trim(), diagnostics: null, ...run }
  const lines = llcText(refusal, false).split('\n')
  expect(lines[0]).toMatch(/^λ {8}refused: chain 1 diverged/)
  expect(lines.filter(line => line.length > 120)).toEqual([])
})

test('as JSON has the trace as lists of numbers', () => {
  expect(JSON.parse(traceText(estimate)).trace).toEqual([[1, 2]])
})
