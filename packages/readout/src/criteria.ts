/** Every threshold of the readout, in one place; those by which candidates are found belong to the network's approaches. */
export interface ReadoutCriteria {
  /** Points of a path where Fisher forms and factors are read. */
  readonly fisherPoints: number
  /** Points of a path where only the divergence is read, which costs a forward pass each. */
  readonly divergencePoints: number
  /** How far down a path goes, as a fraction of the checkpoint's distance. */
  readonly deepest: number
  /** Furthest a measured order may lie from a whole number and still be that number, if its error does not reach it. */
  readonly wholeOrder: number
  /** Largest standard error of an order that is taken for a whole number. */
  readonly orderError: number
  /** Local slope of F at the checkpoint further than this from the fitted rate: far from the singular point. */
  readonly farSlope: number
  /** Directions whose score is under this fraction of the largest are flat. */
  readonly flat: number
  /** A direction is explained when at least this share of its squared length lies in the span of what was found. */
  readonly explained: number
  /** Singular values of the score matrix under this fraction of the largest are zeros of the singular point, which is exact. */
  readonly zero: number
  /** Gaussian outputs under this share of the noise, in root mean square, may be those of a network that should be zero. */
  readonly faintOutputs: number
  /** Singular values of the inputs under this fraction of the largest do not count as seen. */
  readonly unseenInput: number
  /** A rank that rests on a narrower gap than this is worth a warning. */
  readonly clearGap: number
  /** Random directions of a family on which its order is checked beside its basis, per dimension. */
  readonly familyChecks: number
  /** Rounding errors that a reading's floor allows for, in units of the backend's epsilon. */
  readonly roundings: number
  /** Multiplications per point of a path up to which every output gets its own backward pass; beyond it labels are drawn from the model. */
  readonly exactWork: number
  /** Sizes up to which the Fisher matrix of all parameters together is read: parameters, and entries of the score matrix. */
  readonly jointParameters: number
  readonly jointEntries: number
  /** Largest epsilon of a backend on which every direction can be accounted for. */
  readonly totalEpsilon: number
}

/**
 * The thresholds that every readout holds fixed, so that readings can be compared.
 *
 * @example
 * import { readoutCriteria } from '@dead-directions/readout'
 *
 * readoutCriteria.flat // 0.001
 */
export const readoutCriteria: ReadoutCriteria = {
  fisherPoints: 21,
  divergencePoints: 49,
  deepest: 1e-4,
  wholeOrder: 0.05,
  orderError: 0.15,
  farSlope: 0.2,
  flat: 1e-3,
  explained: 0.5,
  zero: 1e-10,
  faintOutputs: 0.01,
  unseenInput: 1e-10,
  clearGap: 100,
  familyChecks: 4,
  roundings: 8,
  exactWork: 1e8,
  jointParameters: 400,
  jointEntries: 8e6,
  totalEpsilon: 1e-12,
}
