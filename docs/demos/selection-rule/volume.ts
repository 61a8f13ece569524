import { uniforms } from '@dead-directions/network'

/** `K = x^{2 k1} + y^{2 k2}` or its product, on the unit square under the prior `x^h`. */
export interface Shape {
  readonly shape: 'fibre' | 'crossing'
  readonly k1: number
  readonly k2: number
  readonly h: number
}

/** A sampled volume with its standard error. */
export interface Volume {
  readonly value: number
  readonly standardError: number
}

const strata = 1500

/**
 * The volume of `{K < ε}` under the prior `x^h`, sampled: y once in every stratum, the length of the x below ε exactly.
 *
 * On a fibre the strata are equal parts of the y that occur, at a crossing of their logarithms, since every scale counts there.
 * The error comes from the differences of neighbouring strata, which bound their scatter from above.
 */
export function sampledVolume(state: Shape, epsilon: number, seed: number): Volume {
  const { shape, k1, k2, h } = state
  const edge = Math.min(1, epsilon ** (1 / (2 * k2)))
  const depth = -Math.log(edge) + 40
  const parts = uniforms(seed, strata).map((u, i) => {
    const place = (i + u) / strata
    const [y, width] = shape === 'fibre' ? [edge * place, edge / strata] : [Math.exp(-depth * place), (depth / strata) * Math.exp(-depth * place)]
    const power = y ** (2 * k2)
    const bound = shape === 'fibre' ? epsilon - power : epsilon / power
    return bound <= 0 ? 0 : (width * Math.min(1, bound ** (1 / (2 * k1))) ** (h + 1)) / (h + 1)
  })
  const scatter = parts.reduce((sum, part, i) => (i === 0 ? 0 : sum + (part - parts[i - 1]!) ** 2), 0)
  return { value: parts.reduce((sum, part) => sum + part, 0), standardError: Math.sqrt(scatter / 2) }
}

/** The y up to which K stays below ε, at a given x. */
export function levelHeight({ shape, k1, k2 }: Shape, epsilon: number, x: number): number {
  const power = x ** (2 * k1)
  const bound = shape === 'fibre' ? epsilon - power : epsilon / power
  return bound <= 0 ? 0 : Math.min(1, bound ** (1 / (2 * k2)))
}
