import type { Likelihood } from '@dead-directions/registry'
import type { Measured } from './probe.ts'

/**
 * Mean Kullback–Leibler divergence from the outputs `from` to the outputs `to`, without cancellation of its own.
 *
 * @param from `[samples · width]` Gaussian means of unit variance, or logits
 * @param error relative error of each output
 */
export function divergence(likelihood: Likelihood, from: Float64Array, to: Float64Array, width: number, error: number): Measured {
  const samples = from.length / width
  let value = 0
  let floor = 0
  for (let n = 0; n < samples; n++) {
    const change = Float64Array.from({ length: width }, (_, i) => (to[n * width + i] as number) - (from[n * width + i] as number))
    value += likelihood === 'gaussian' ? change.reduce((sum, d) => sum + d * d, 0) / 2 : categorical(from.subarray(n * width, (n + 1) * width), change)
    for (let i = 0; i < width; i++) floor += (error * (Math.abs(to[n * width + i] as number) + Math.abs(from[n * width + i] as number))) ** 2 / 2
  }
  return { value: value / samples, floor: floor / samples }
}

/** `Σ p (e^d - 1 - d)` with `d` the change of the log-probability: every term positive, small ones to full relative precision. */
function categorical(logits: Float64Array, change: Float64Array): number {
  const p = softmax(logits)
  const shift = Math.log1p(p.reduce((sum, pi, i) => sum + pi * Math.expm1(change[i] as number), 0))
  return p.reduce((sum, pi, i) => sum + pi * excess((change[i] as number) - shift), 0)
}

/** `e^d - 1 - d`. */
function excess(d: number): number {
  if (Math.abs(d) > 0.1) return Math.expm1(d) - d
  let term = (d * d) / 2
  let sum = term
  for (let n = 3; Math.abs(term) > 2 ** -54 * sum; n++) {
    term *= d / n
    sum += term
  }
  return sum
}

/**
 * `E[dᵀ H d]`, the Fisher form of output changes `d`: `H` the identity, or `diag(p) - p pᵀ` at the logits.
 * Source: arXiv 2606.05957, rows A2 and C6.
 */
export function outputMoment(likelihood: Likelihood, outputs: Float64Array, change: Float64Array, width: number): number {
  const samples = outputs.length / width
  let total = 0
  for (let n = 0; n < samples; n++) {
    const d = change.subarray(n * width, (n + 1) * width)
    const p = likelihood === 'gaussian' ? null : softmax(outputs.subarray(n * width, (n + 1) * width))
    const mean = p === null ? 0 : p.reduce((sum, pi, i) => sum + pi * (d[i] as number), 0)
    total += d.reduce((sum, di, i) => sum + (p === null ? 1 : (p[i] as number)) * (di - mean) ** 2, 0)
  }
  return total / samples
}

function softmax(logits: Float64Array): Float64Array {
  const largest = logits.reduce((a, b) => Math.max(a, b), -Infinity)
  const powers = logits.map(z => Math.exp(z - largest))
  const sum = powers.reduce((a, b) => a + b, 0)
  return powers.map(power => power / sum)
}
