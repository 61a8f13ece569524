import { fitLeadingRate, geometricGrid } from '@dead-directions/core-geometry'
import { crossing, type Invariants, smoothFibre, unitCubeSublevelVolume } from '@dead-directions/selection-rule'
import type { Compute, Line, Outcome } from '../shell/reading.ts'
import { levelHeight, sampledVolume, type Shape, type Volume } from './volume.ts'

export interface SelectionState extends Shape {
  readonly epsilon: number
  readonly seed: number
}

export interface SelectionOutcome extends Outcome {
  readonly invariants: Invariants
  readonly epsilons: Float64Array
  readonly volumes: readonly Volume[]
  readonly here: Volume
  /** Slope and coefficient of the volumes, where they were read. */
  readonly fit: { readonly rate: number; readonly coefficient: number } | null
  /** Points (x, y) on the boundary of `{K < ε}`. */
  readonly boundary: { readonly x: Float64Array; readonly y: Float64Array }
}

export const compute: Compute<SelectionState, SelectionOutcome> = async (state, pace) => {
  const { shape, k1, k2, h, epsilon, seed } = state
  const invariants = shape === 'fibre' ? smoothFibre({ orders: [k1, k2], regular: 0, priorOrders: [h, 0] }) : crossing({ orders: [k1, k2], priorOrders: [h, 0] })
  // At a crossing the second exponent only falls behind deep down, where volumes can still be sampled in the logarithm.
  const epsilons = geometricGrid(shape === 'fibre' ? 1e-8 : 1e-60, shape === 'fibre' ? 0.1 : 1e-20, 25)
  const volumes: Volume[] = []
  for (const [i, level] of epsilons.entries()) {
    volumes.push(sampledVolume(state, level, seed + i))
    await pace(i + 1, epsilons.length)
  }
  const fit = fitLeadingRate(epsilons, volumes.map(({ value }, i) => value / logarithms(state, invariants, epsilons[i]!)), { floor: 0 })
  const here = sampledVolume(state, epsilon, seed)
  const x = Float64Array.from({ length: 201 }, (_, i) => (i / 200) ** 2)
  return {
    invariants,
    epsilons,
    volumes,
    here,
    fit: fit.kind === 'rate' ? fit : null,
    boundary: { x, y: x.map(at => levelHeight(state, epsilon, at)) },
    lines: [
      fit.kind === 'rate'
        ? { name: 'λ from the volumes', estimate: fit.rate, error: fit.standardError, exact: invariants.lambda, exactText: `${invariants.lambdaFraction}, ${invariants.rule}`, tolerance: 0.01 }
        : { name: 'λ from the volumes', refused: fit.reason },
      { name: 'multiplicity m', estimate: invariants.multiplicity, error: 0, exact: shape === 'fibre' ? 1 : k1 === (h + 1) * k2 ? 2 : 1, tolerance: 0 },
      ...tiedVolume(state, invariants, here),
    ],
    notes: invariants.multiplicity === 1 ? [] : ['Both exponents are the same: the volume is ε^λ times a logarithm, which is divided out before the slope is read.'],
  }
}

/** What ties multiply ε^λ by: `P_r(δ)/δ` at `δ = ε^λ`, in the volume of a tied crossing. */
function logarithms({ shape }: Shape, { lambda, multiplicity }: Invariants, epsilon: number): number {
  const delta = epsilon ** lambda
  return shape === 'fibre' ? 1 : unitCubeSublevelVolume(multiplicity, delta) / delta
}

/** The volume at ε beside its closed form, which is known for a tied crossing with a flat prior. */
function tiedVolume({ shape, k1, k2, h, epsilon }: SelectionState, { multiplicity }: Invariants, here: Volume): Line[] {
  if (shape === 'fibre' || multiplicity !== 2 || h !== 0 || k1 !== k2) return [{ name: 'volume at ε', estimate: here.value, error: here.standardError, exact: null, tolerance: 0 }]
  const exact = unitCubeSublevelVolume(2, epsilon ** (1 / (2 * k1)))
  return [{ name: 'volume at ε', estimate: here.value, error: here.standardError, exact, tolerance: 0.01 * exact }]
}
