import type { CompleteProblem, Term } from './polynomial.ts'

/**
 * The text of a gpu.js kernel that adds up the weights of the points with `K < 1`.
 *
 * Thread (x, y) draws points of level y, each coordinate from `cells` equally likely cells given by their lower nodes and
 * widths: `rounds` points in every cell of the first coordinate, the others at random. A point weighs the product of its cells' widths and the density there. Coordinates, K and density are
 * in units of the level, so that float32 holds them at any depth; their coefficients come in the order of the terms.
 */
export function samplingKernel(problem: CompleteProblem, cells: number): string {
  const { box, terms, squares, density } = problem
  const all = [...terms, ...squares.flat(), ...density]
  const polynomials = [terms, ...squares, density]
  const firstOf = polynomials.map((_, i) => polynomials.slice(0, i).reduce((sum, list) => sum + list.length, 0))
  const sums = polynomials.map((list, i) => list.map((term, j) => monomialText(term, `c${firstOf[i]! + j}`)).join(' + ') || '0')
  const [plain, ...rest] = sums
  const roots = rest.slice(0, -1)
  const constantDensity = density.every(({ exponents }) => exponents.every(e => e === 0))
  return [
    'function (nodes, widths, coefficients, rounds) {',
    `  const base = this.thread.y * ${cells * box.length}`,
    ...all.map((_, j) => `  const c${j} = coefficients[this.thread.y * ${all.length} + ${j}]`),
    '  let sum = 0',
    `  for (let cell = 0; cell < ${cells}; cell++) {`,
    '    const from0 = nodes[base + cell]',
    '    const w0 = widths[base + cell]',
    '    for (let n = 0; n < rounds; n++) {',
    '      const x0 = from0 + Math.random() * w0',
    ...box.slice(1).flatMap((_, i) => coordinateLines(i + 1, cells)),
    ...powerLines(all, box.length),
    ...roots.map((root, j) => `      const r${j} = ${root}`),
    `      const k = ${[plain, ...roots.map((_, j) => `r${j} * r${j}`)].join(' + ')}`,
    `      if (k < 1) { sum += ${[constantDensity ? '' : `Math.abs(${rest.at(-1)!})`, ...box.map((_, i) => `w${i}`)].filter(text => text !== '').join(' * ')} }`,
    '    }',
    '  }',
    '  return sum',
    '}',
  ].join('\n')
}

function coordinateLines(i: number, cells: number): string[] {
  if (cells === 1) return [`      const w${i} = widths[base + ${i}]`, `      const x${i} = nodes[base + ${i}] + Math.random() * w${i}`]
  return [
    `      const p${i} = Math.random() * ${cells}`,
    `      const q${i} = Math.floor(p${i})`,
    `      const w${i} = widths[base + ${i * cells} + q${i}]`,
    `      const x${i} = nodes[base + ${i * cells} + q${i}] + (p${i} - q${i}) * w${i}`,
  ]
}

/** Every power that occurs, each a product of two smaller ones. */
export function powerLines(terms: readonly Term[], dimension: number): string[] {
  return Array.from({ length: dimension }, (_, i) => {
    const needed = new Set<number>()
    const need = (e: number): void => {
      if (e < 2 || needed.has(e)) return
      need(e >> 1)
      need(e - (e >> 1))
      needed.add(e)
    }
    terms.forEach(({ exponents }) => need(exponents[i]!))
    return [...needed].map(e => `    const x${i}_${e} = ${powerName(i, e >> 1)} * ${powerName(i, e - (e >> 1))}`)
  }).flat()
}

/** A term in the names that {@link powerLines} gives. */
export function monomialText({ exponents }: Term, coefficient: string): string {
  return [coefficient, ...exponents.flatMap((e, i) => (e === 0 ? [] : [powerName(i, e)]))].join(' * ')
}

function powerName(i: number, e: number): string {
  return e === 1 ? `x${i}` : `x${i}_${e}`
}
