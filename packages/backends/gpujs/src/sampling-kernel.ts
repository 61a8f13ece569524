import { cellCount } from './adaptive-grid.ts'
import { generatorOf, lanes, placeCount, runLength } from './lattice.ts'
import type { CompleteProblem, Term } from './polynomial.ts'

/**
 * The text of a gpu.js kernel that adds up the weights of the points of a lattice with `K < 1`.
 *
 * Row y of its threads is one batch: a lattice with a shift of its own, a quarter of the first coordinate in each thread.
 * A point lies in cells given by lower nodes and widths, and weighs the product of their widths and the density there.
 * Coordinates, K and density are in units of the level, so that float32 holds them at any depth; their coefficients come in
 * the order of the terms.
 *
 * K is taken as a polynomial in the first coordinate, which stays while a run of points goes from cell to cell along the
 * others. What holds for all threads of a row depends on `this.thread.y` alone, so that SIMD computes it once for them.
 *
 * @param batches rows of one level
 * @param points of a thread, a power of two
 */
export function samplingKernel({ box, terms, squares, density }: CompleteProblem, batches: number, points: number): string {
  const axes = box.map((_, i) => i)
  const others = axes.slice(1)
  const length = runLength(box.length, points)
  const apart = cellCount / length
  const polynomials = [terms, ...squares, density]
  const firstOf = polynomials.map((_, i) => polynomials.slice(0, i).reduce((sum, list) => sum + list.length, 0))
  const all = polynomials.flat()
  const parts = polynomials.map((list, i) => alongFirst(list, firstOf[i]!, `fixed${i}`))
  const [plain, ...rest] = parts.map(({ moving }) => moving)
  const roots = rest.slice(0, -1)
  const constantDensity = density.every(({ exponents }) => exponents.every(e => e === 0))
  const weight = [...(constantDensity ? [] : [`Math.abs(${rest.at(-1)!})`]), ...others.map(i => `w${i}`)].join(' * ') || '1.0'
  return [
    'function (nodes, widths, coefficients, shifts, steps) {',
    `  const level = Math.floor(this.thread.y / ${batches})`,
    ...all.map((_, j) => `  const c${j} = coefficients[level * ${all.length} + ${j}]`),
    ...axes.flatMap(i => [
      `  const base${i} = (level * ${axes.length} + ${i}) * ${2 * cellCount}`,
      `  const shift${i} = shifts[this.thread.y * ${axes.length} + ${i}]`,
      `  const step${i} = steps[${i}]`,
      `  let u${i} = Math.floor(shift${i})`,
      `  const beyond${i} = shift${i} - u${i}`,
    ]),
    // gpu.js keeps a local as an integer only where it is incremented and starts from a length of the output, here the number of lanes.
    ...others.map(i => `  let p${i} = this.output.x`),
    `  u0 = u0 + this.thread.x * ${placeCount / lanes}`,
    `  if (u0 >= ${placeCount}) { u0 = u0 - ${placeCount} }`,
    '  let sum = 0.0',
    `  for (let round = 0; round < ${points / length}; round++) {`,
    ...axes.flatMap(i => [
      `    const q${i} = Math.floor(u${i} / ${placeCount / cellCount})`,
      `    const t${i} = (u${i} - q${i} * ${placeCount / cellCount} + beyond${i}) / ${placeCount / cellCount}`,
    ]),
    '    const w0 = widths[base0 + q0]',
    '    const x0 = nodes[base0 + q0] + t0 * w0',
    ...powerLines(all, [0]),
    ...parts.flatMap(({ fixed }, i) => (fixed === '' ? [] : [`    const fixed${i} = ${fixed}`])),
    ...others.map(i => `    p${i} = base${i} + ${2 * length} * (q${i} & ${apart - 1}) + ((Math.floor(q${i} / ${apart}) * ${inverseOf(generatorOf(i), length)}) & ${length - 1})`),
    '    let part = 0.0',
    `    for (let n = this.output.x; n < ${lanes + length}; n++) {`,
    ...others.flatMap(i => [`      const w${i} = widths[p${i}]`, `      const x${i} = nodes[p${i}] + t${i} * w${i}`, `      p${i}++`]),
    ...powerLines(all, others),
    ...roots.map((root, j) => `      const r${j} = ${root}`),
    `      const k = ${[plain, ...roots.map((_, j) => `r${j} * r${j}`)].join(' + ')}`,
    `      part += k < 1 ? ${weight} : 0.0`,
    '    }',
    // A cell that reaches beyond float32 has no points below the level, and an infinite width.
    '    sum += part > 0 ? part * w0 : 0.0',
    ...axes.flatMap(i => [`    u${i} = u${i} + step${i}`, `    if (u${i} >= ${placeCount}) { u${i} = u${i} - ${placeCount} }`]),
    '  }',
    '  return sum',
    '}',
  ].join('\n')
}

/** The text of a polynomial in two parts: what the first coordinate alone decides, and the whole, with the former by its name. */
function alongFirst(terms: readonly Term[], first: number, name: string): { readonly fixed: string; readonly moving: string } {
  const fixed: string[] = []
  const byPower = new Map<number, string[]>()
  terms.forEach(({ coefficient, exponents: [power, ...others] }, j) => {
    const own = others.every(e => e === 0)
    if (own) fixed.push(monomialText({ coefficient, exponents: [power!] }, `c${first + j}`))
    else byPower.set(power!, [...(byPower.get(power!) ?? []), monomialText({ coefficient, exponents: [0, ...others] }, `c${first + j}`)])
  })
  // Factors of the others stand together: they are one number for all threads of a row.
  const moving = [...byPower].map(([power, texts]) => monomialText({ coefficient: 1, exponents: [power] }, `(${texts.join(' + ')})`))
  return { fixed: fixed.join(' + '), moving: [...(fixed.length === 0 ? [] : [name]), ...moving].join(' + ') || '0.0' }
}

/** The number below `modulus`, a power of two, whose product with an odd one leaves the remainder 1. */
function inverseOf(odd: number, modulus: number): number {
  return Array.from({ length: modulus }, (_, n) => n).find(n => (n * odd) % modulus === 1)!
}

/** Every power that occurs of some coordinates, each a product of two smaller ones. */
export function powerLines(terms: readonly Term[], axes: readonly number[]): string[] {
  return axes.flatMap(i => {
    const needed = new Set<number>()
    const need = (e: number): void => {
      if (e < 2 || needed.has(e)) return
      need(e >> 1)
      need(e - (e >> 1))
      needed.add(e)
    }
    terms.forEach(({ exponents }) => need(exponents[i]!))
    return [...needed].map(e => `    const x${i}_${e} = ${powerName(i, e >> 1)} * ${powerName(i, e - (e >> 1))}`)
  })
}

/** A term in the names that {@link powerLines} gives. */
export function monomialText({ exponents }: Term, coefficient: string): string {
  return [coefficient, ...exponents.flatMap((e, i) => (e === 0 ? [] : [powerName(i, e)]))].join(' * ')
}

function powerName(i: number, e: number): string {
  return e === 1 ? `x${i}` : `x${i}_${e}`
}
