/**
 * A learning rate that changes with the step, as plain data: up to `peak` in equal parts over the first `warmup` steps, then
 * `constant`, or falling to zero at step `total` along a line or half a cosine.
 */
export type Schedule =
  | { readonly kind: 'constant'; readonly peak: number; readonly warmup?: number }
  | { readonly kind: 'linear' | 'cosine'; readonly peak: number; readonly warmup?: number; readonly total: number }

/**
 * The rate of a schedule at a step. Source of the cosine: Loshchilov & Hutter, arXiv 1608.03983.
 *
 * @param step 1 for the first
 * @throws RangeError naming the field of the schedule that is wrong
 * @example
 * import { rateAt } from '@dead-directions/ddcadam'
 * const schedule = { kind: 'cosine', peak: 0.01, warmup: 10, total: 110 } as const
 * rateAt(schedule, 5) // 0.005
 * rateAt(schedule, 60) // 0.005
 * rateAt(schedule, 110) // 0
 */
export function rateAt(schedule: Schedule, step: number): number {
  checkSchedule(schedule)
  const { peak, warmup = 0 } = schedule
  if (step <= warmup) return (peak * step) / warmup
  if (schedule.kind === 'constant') return peak
  const progress = Math.min(1, (step - warmup) / (schedule.total - warmup))
  return schedule.kind === 'linear' ? peak * (1 - progress) : (peak * (1 + Math.cos(Math.PI * progress))) / 2
}

/** @throws RangeError naming the field that is wrong */
export function checkSchedule(schedule: Schedule): void {
  const { kind, peak, warmup = 0 } = schedule
  const refuse = (field: string, got: unknown, expected: string): never => {
    throw new RangeError(`learningRate.${field}: got ${typeof got === 'string' ? `"${got}"` : String(got)}, expected ${expected}`)
  }
  if (kind !== 'constant' && kind !== 'linear' && kind !== 'cosine') refuse('kind', kind, 'constant, linear or cosine')
  if (!(peak > 0 && peak < Infinity)) refuse('peak', peak, 'a positive number')
  if (!(Number.isInteger(warmup) && warmup >= 0)) refuse('warmup', warmup, 'a whole number of at least 0')
  if (kind !== 'constant' && !(Number.isInteger(schedule.total) && schedule.total > warmup)) refuse('total', schedule.total, `a whole number above the warm-up of ${warmup}`)
}
