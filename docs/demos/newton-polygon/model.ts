import { crossing, type NewtonInvariants, rlct, smoothFibre } from '@dead-directions/selection-rule'
import type { Compute, Line, Outcome, Pace } from '../shell/reading.ts'

export interface NewtonState {
  readonly divergence: string
  readonly h: number
  readonly g: number
}

/** A point of the plane of exponents. */
export interface Exponent {
  readonly a: number
  readonly b: number
}

/** What is drawn of a polynomial in two variables. */
export interface Polygon {
  /** Boundary of the Newton polygon, from top left to bottom right. */
  readonly boundary: readonly Exponent[]
  /** Monomials of K on the boundary. */
  readonly monomials: readonly Exponent[]
  /** Where the ray through the prior enters. */
  readonly entry: Exponent
}

export interface NewtonOutcome extends Outcome {
  readonly result: NewtonInvariants
  readonly polygon: Polygon | null
}

export const compute: Compute<NewtonState, NewtonOutcome> = async ({ divergence, h, g }, pace) => {
  const { variables } = rlct(divergence)
  const prior = priorOf(variables, [h, g])
  const result = rlct(divergence, prior === null ? {} : { prior })
  const polygon = variables.length === 2 ? await polygonOf(divergence, variables, { a: h + 1, b: g + 1 }, pace) : null
  const known = otherRule(result, variables, [h, g])
  const lambda: Line = result.exact
    ? { name: 'λ', estimate: result.lambda, error: 0, exact: known?.lambda ?? null, ...(known === null ? {} : { exactText: `${known.lambdaFraction}, ${known.rule}` }), tolerance: 1e-12 }
    : { name: 'λ', refused: `at most ${result.lambdaFraction}: ${result.reason}` }
  return {
    result,
    polygon,
    lines: [lambda, ...(result.exact ? [{ name: 'm', estimate: result.multiplicity, error: 0, exact: known?.multiplicity ?? null, tolerance: 0 }] : [])],
    notes: [
      `The diagonal meets the face of ${result.face.join(', ')}: 1/λ is the distance at which it does.`,
      ...(polygon === null ? ['The polygon is drawn for two variables; λ and m are computed for any number.'] : []),
    ],
  }
}

function priorOf(variables: readonly string[], orders: readonly number[]): string | null {
  const powers = orders.flatMap((order, i) => (order === 0 || variables[i] === undefined ? [] : [`|${variables[i]}|^${order}`]))
  return powers.length === 0 ? null : powers.join('*')
}

const directions = 48

/**
 * The Newton polygon, from thresholds alone: under the prior `x^{a-1} y^{b-1}` the ray through `(a, b)` enters the polygon at
 * `(a, b)/λ`, so a fan of priors traces its boundary.
 */
async function polygonOf(divergence: string, variables: readonly string[], direction: Exponent, pace: Pace<NewtonOutcome>): Promise<Polygon> {
  const boundary: Exponent[] = []
  const faces = new Set<string>()
  for (let i = 0; i <= directions; i++) {
    const ray = rayAt(i)
    const { lambda, face } = rlct(divergence, { prior: variables.map((name, j) => `|${name}|^${j === 0 ? ray.a - 1 : ray.b - 1}`).join('*') })
    boundary.push({ a: ray.a / lambda, b: ray.b / lambda })
    face.forEach(monomial => faces.add(monomial))
    await pace(i, directions)
  }
  const monomials = [...faces].map(monomial => exponentOf(monomial, variables))
  const { lambda } = rlct(divergence, { prior: variables.map((name, j) => `|${name}|^${j === 0 ? direction.a - 1 : direction.b - 1}`).join('*') })
  const corners = [...boundary, ...monomials].sort((p, q) => p.a - q.a || q.b - p.b)
  return { boundary: corners, monomials, entry: { a: direction.a / lambda, b: direction.b / lambda } }
}

/** Rays from steep to flat, both entries at least 1, as a prior's orders are not negative. */
function rayAt(i: number): Exponent {
  const angle = 0.02 + (i / directions) * (Math.PI / 2 - 0.04)
  const [a, b] = [Math.sin(angle), Math.cos(angle)]
  const least = Math.min(a, b)
  return { a: Number((a / least).toFixed(4)), b: Number((b / least).toFixed(4)) }
}

/** The exponents of a monomial such as `x^2*y`. */
function exponentOf(monomial: string, variables: readonly string[]): Exponent {
  const powers = new Map(monomial.split('*').map(factor => {
    const [name, power = '1'] = factor.replaceAll('|', '').split('^') as [string, string?]
    return [name, fraction(power)]
  }))
  return { a: powers.get(variables[0] as string) ?? 0, b: powers.get(variables[1] as string) ?? 0 }
}

function fraction(text: string): number {
  const [above, below = '1'] = text.replace(/[()]/g, '').split('/') as [string, string?]
  return Number(above) / Number(below)
}

/** λ and m by another rule, where K is one monomial or a sum of powers of single variables. */
function otherRule({ face, variables: read }: NewtonInvariants, variables: readonly string[], orders: readonly number[]): ReturnType<typeof crossing> | null {
  if (read.length > 2) return null
  const terms = face.map(monomial => exponentOf(monomial, variables))
  const even = terms.every(({ a, b }) => a % 2 === 0 && b % 2 === 0)
  const pure = terms.length === variables.length && terms.every(({ a, b }) => a === 0 || b === 0)
  if (!even) return null
  const of = (pick: (exponent: Exponent) => number): number => Math.max(...terms.map(pick)) / 2
  const [k1, k2] = [of(({ a }) => a), of(({ b }) => b)]
  const priorOrders = orders.slice(0, variables.length)
  if (pure) return smoothFibre({ orders: variables.length === 1 ? [k1] : [k1, k2], regular: 0, priorOrders })
  return terms.length === 1 && k1 > 0 && k2 > 0 ? crossing({ orders: [k1, k2], priorOrders }) : null
}
