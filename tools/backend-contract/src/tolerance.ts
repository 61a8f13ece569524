import type { Backend } from '@dead-directions/registry'

/**
 * What a float32 backend's numbers may differ by. Values are relative to the largest of their case; float32 rounds to 6e-8, and sums
 * of some tens of terms through a handful of layers lose two digits of it. Rates and orders are absolute, as accurate as a
 * reading has to be.
 */
const float32: Readonly<Record<string, number>> = {
  forward: 1e-5,
  gradient: 1e-5,
  factors: 1e-5,
  spectra: 1e-5,
  rates: 0.05,
  readout: 0.05,
}

/** How far a backend may be from the float64 reference in one suite; the reference from itself not at all. */
export function tolerance({ name, precision }: Backend, suite: string): number {
  if (precision === 'float64') return 0
  const allowed = float32[suite]
  if (allowed === undefined) throw new Error(`${suite}: no tolerance is stated for ${name}`)
  return allowed
}
