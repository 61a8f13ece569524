import { gaugeTangents } from '@dead-directions/quotient'
import { fitLeadingRate, geometricGrid } from '@dead-directions/core-geometry'
import { type Matrix, matrix, multiply, norm, singularValues, svd, transpose } from '@dead-directions/linalg'
import { type ParameterValues, standardNormals } from '@dead-directions/network'
import type { Approach, TensorData } from '@dead-directions/registry'
import { smoothFibre } from '@dead-directions/selection-rule'
import { wholeOrder } from './channel.ts'
import { readoutCriteria } from './criteria.ts'
import type { TotalOutcome } from './linear-total.ts'
import { pathLength } from './path.ts'
import type { ProbeSetting } from './probe.ts'
import { asRows, outputChanges, scoreMatrix } from './score.ts'

/** A dead approach and the whole order read along it. */
export interface DeadApproach {
  readonly approach: Approach
  readonly order: number
}

type Direction = Readonly<Record<string, Float64Array>>

/**
 * λ, m and ν on a smooth fibre when every null direction of the Fisher matrix at the singular point is accounted for:
 * as gauge, as tangent to the fibre, or as one of a family that dies at the order read. With none dead the point is regular.
 *
 * The order of a family is read again on what the regular directions cannot undo: the outputs' change with its part
 * in the range of the score matrix projected out, since a ray may be tangent to a fibre that bends.
 * Source: arXiv 2606.05957, rows B1 and B4.
 *
 * @param priorOrder h of a prior `Π |x_i|^h` over the dead directions
 */
export async function smoothTotal(setting: ProbeSetting, dead: readonly DeadApproach[], priorOrder: number): Promise<TotalOutcome> {
  const { network, inputs } = setting
  const crossing = dead.find(({ approach }) => approach.family.length === 0)
  if (crossing !== undefined) {
    return { missing: `${crossing.approach.label}: ${crossing.approach.length} maps die together, a crossing, and no closed form (B2, B7) covers it inside this network` }
  }
  const origin = singularPoint(setting.parameters, dead)
  const scores = await scoreMatrix(network, origin, inputs)
  const { u, s } = svd(scores)
  const rank = s.filter(value => value > readoutCriteria.zero * (s[0] as number)).length
  const flats: readonly Direction[] = [...gaugeTangents(network, origin).flatMap(({ tangents }) => tangents), ...dead.flatMap(({ approach }) => approach.flats)]
  const families = dead.flatMap(({ approach }) => approach.family)

  const claimed = asRows(network, [...flats, ...families])
  const alive = firstAlive(scores, claimed, s[0] as number)
  if (alive !== null) return { missing: `direction ${alive} of the singular point's fibre is not null, so the fibre is not what the rule expects` }
  const flatCount = rankOf(asRows(network, flats))
  const deadCount = rankOf(claimed) - flatCount
  const unexplained = scores.cols - rank - flatCount - deadCount
  if (unexplained !== 0) return { missing: `${unexplained} null directions of the Fisher matrix at the singular point belong to no gauge, fibre or dead direction found` }

  for (const { approach, order } of dead) {
    const problem = await familyProblem(setting, origin, approach, order, range(u, rank))
    if (problem !== null) return { missing: `${approach.label}: ${problem}` }
  }
  const orders = dead.flatMap(({ approach, order }) => approach.family.map(() => order))
  const { lambda, multiplicity, nu } = smoothFibre({ orders, regular: rank, priorOrders: orders.map(() => priorOrder) })
  const alone = dead.every(({ approach }) => approach.family.length === 1)
  const counts = `${rank} regular, ${orders.length} dead, ${flatCount} along the fibre`
  return { total: { lambda, multiplicity, nu: alone ? nu : null, rule: dead.length === 0 ? `regular: ${counts}` : `B1(c) smooth fibre${priorOrder === 0 ? '' : ` with the prior shift of B4, h = ${priorOrder}`}: ${counts}` }, warnings: [] }
}

/** The checkpoint with every dead approach at its singular end. */
function singularPoint(parameters: ParameterValues, dead: readonly DeadApproach[]): ParameterValues {
  const moved: Record<string, TensorData> = {}
  for (const { approach } of dead) {
    for (const [name, { data }] of Object.entries(approach.tangent)) {
      const { shape, data: values } = moved[name] ?? (parameters[name] as TensorData)
      moved[name] = { shape, data: values.map((value, i) => value - (data[i] as number)) }
    }
  }
  return { ...parameters, ...moved }
}

/** Index of the first row that the scores do not annihilate, or `null`. */
function firstAlive(scores: Matrix, rows: Matrix, largest: number): number | null {
  if (rows.rows === 0) return null
  const image = multiply(scores, transpose(rows))
  for (let j = 0; j < rows.rows; j++) {
    let size = 0
    for (let i = 0; i < image.rows; i++) size += (image.data[i * image.cols + j] as number) ** 2
    if (Math.sqrt(size) > 100 * readoutCriteria.zero * largest) return j
  }
  return null
}

function rankOf(rows: Matrix): number {
  if (rows.rows === 0) return 0
  const s = singularValues(rows)
  return s.filter(value => value > readoutCriteria.zero * Math.max(1, s[0] as number)).length
}

function range(u: Matrix, rank: number): Matrix {
  const basis = matrix(u.rows, rank)
  for (let i = 0; i < u.rows; i++) for (let j = 0; j < rank; j++) basis.data[i * rank + j] = u.data[i * u.cols + j] as number
  return basis
}

/** What keeps the family from dying at this order in every direction, or `null`. */
async function familyProblem(setting: ProbeSetting, origin: ParameterValues, approach: Approach, order: number, regular: Matrix): Promise<string | null> {
  const size = pathLength(approach)
  for (const direction of familyDirections(approach)) {
    const taus = geometricGrid(3e-3, 0.3, 13)
    const points = [...taus].map(tau => displaced(origin, direction, tau * size))
    const changes = await outputChanges(setting.network, setting.inputs, origin, points)
    const residuals = Float64Array.from(changes, change => squared(withoutRange(change, regular)) / 2)
    const floor = Float64Array.from(changes, change => 64 * setting.epsilon ** 2 * (squared(change) + 1))
    const fit = fitLeadingRate(taus, residuals, { floor })
    if (fit.kind === 'refused') return `beyond the regular directions the divergence cannot be read (${fit.reason})`
    const read = wholeOrder({ value: fit.rate / 2, standardError: fit.standardError / 2 })
    if (read !== order) return `beyond the regular directions k reads ${(fit.rate / 2).toFixed(3)}, along the ray ${order}`
  }
  return null
}

/** The family's basis, and random unit combinations of it when there are several. */
function familyDirections({ family }: Approach): readonly Direction[] {
  const unit = family.map(normalised)
  if (unit.length < 2) return unit
  const checks = readoutCriteria.familyChecks * unit.length
  const weights = standardNormals(1, checks * unit.length)
  const mixed = Array.from({ length: checks }, (_, k) => combination(unit, weights.subarray(k * unit.length, (k + 1) * unit.length)))
  return [...unit, ...mixed.map(normalised)]
}

function combination(directions: readonly Direction[], weights: Float64Array): Direction {
  const result: Record<string, Float64Array> = {}
  directions.forEach((direction, k) => {
    for (const [name, values] of Object.entries(direction)) {
      const total = (result[name] ??= new Float64Array(values.length))
      for (let i = 0; i < total.length; i++) total[i] = (total[i] as number) + (weights[k] as number) * (values[i] as number)
    }
  })
  return result
}

function normalised(direction: Direction): Direction {
  const size = Math.hypot(...Object.values(direction).map(norm))
  return Object.fromEntries(Object.entries(direction).map(([name, values]) => [name, values.map(value => value / size)]))
}

function displaced(origin: ParameterValues, direction: Direction, amount: number): ParameterValues {
  const moved = Object.entries(direction).map(([name, change]): [string, TensorData] => {
    const { shape, data } = origin[name] as TensorData
    return [name, { shape, data: data.map((value, i) => value + amount * (change[i] as number)) }]
  })
  return { ...origin, ...Object.fromEntries(moved) }
}

function withoutRange(vector: Float64Array, basis: Matrix): Float64Array {
  const rest = Float64Array.from(vector)
  // Twice, since one projection leaves the rounding errors of the large part behind.
  for (let round = 0; round < 2; round++) {
    const inside = multiply(transpose(basis), matrix(rest.length, 1, rest))
    const part = multiply(basis, inside).data
    for (let i = 0; i < rest.length; i++) rest[i] = (rest[i] as number) - (part[i] as number)
  }
  return rest
}

function squared(vector: Float64Array): number {
  return vector.reduce((total, value) => total + value * value, 0)
}
