/** A coefficient times a product of powers, one whole exponent per variable. */
export interface Term {
  readonly coefficient: number
  readonly exponents: readonly number[]
}

/** A sum of terms. */
export type Polynomial = readonly Term[]

/** The divergence in coordinates that are zero at the singular point, up to factors that are positive there. */
export interface PolynomialDivergence {
  readonly variables: readonly string[]
  /** Terms of K that are added as they stand; odd exponents are those of absolute values. */
  readonly terms: Polynomial
  /** Polynomials whose squares are added to K. */
  readonly squares: readonly Polynomial[]
  /** Orders h of the prior `Π |x_i|^h_i`, one per variable. */
  readonly priorOrders: readonly number[]
}

/** A divergence of terms that are powers and products of powers, one list of exponents each. */
export function monomials(exponents: readonly (readonly number[])[], { names = 'x', priorOrders }: { readonly names?: string; readonly priorOrders?: readonly number[] } = {}): PolynomialDivergence {
  const size = exponents[0]!.length
  const variables = names.length === size ? [...names] : Array.from({ length: size }, (_, i) => `${names}${i + 1}`)
  return { variables, terms: exponents.map(own => ({ coefficient: 1, exponents: own })), squares: [], priorOrders: priorOrders ?? variables.map(() => 0) }
}

/** `a + b`, like terms collected. */
export function sum(a: Polynomial, b: Polynomial): Polynomial {
  const collected = new Map<string, Term>()
  for (const { coefficient, exponents } of [...a, ...b]) {
    const key = exponents.join()
    collected.set(key, { coefficient: (collected.get(key)?.coefficient ?? 0) + coefficient, exponents })
  }
  return [...collected.values()].filter(({ coefficient }) => coefficient !== 0)
}

export function product(a: Polynomial, b: Polynomial): Polynomial {
  const terms = a.flatMap(left => b.map(right => ({ coefficient: left.coefficient * right.coefficient, exponents: left.exponents.map((e, i) => e + right.exponents[i]!) })))
  return sum(terms, [])
}

/** K as `rlct` reads it. */
export function expressionOf({ variables, terms, squares }: PolynomialDivergence): string {
  return [...terms.map(term => termText(term, variables, true)), ...squares.map(square => `(${square.map(term => termText(term, variables, false)).join(' + ')})^2`)].join(' + ')
}

/** The prior as `rlct` reads it. */
export function priorOf({ variables, priorOrders }: PolynomialDivergence): string {
  return priorOrders.flatMap((h, i) => (h === 0 ? [] : [`|${variables[i]}|^${h}`])).join('*') || '1'
}

function termText({ coefficient, exponents }: Term, variables: readonly string[], absolute: boolean): string {
  const factors = exponents.flatMap((e, i) => (e === 0 ? [] : [`${absolute && e % 2 === 1 ? `|${variables[i]}|` : variables[i]}${e === 1 ? '' : `^${e}`}`]))
  return [...(coefficient === 1 && factors.length > 0 ? [] : [`(${coefficient})`]), ...factors].join('*')
}
