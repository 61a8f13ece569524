import type { CompleteProblem, Term } from './polynomial.ts'
import { monomialText, powerLines } from './sampling-kernel.ts'

/**
 * The text of a gpu.js kernel in which every thread is one chain of the Metropolis-adjusted Langevin algorithm on
 * `exp(-K)` over a box; row y has its own coefficients, box, start, longest step and number of steps to skip. Step lengths are log-uniform over a factor of 64.
 *
 * @param reading what a thread returns of its draws: the mean of K, or the share of steps that were accepted
 * @see G. O. Roberts & R. L. Tweedie, "Exponential convergence of Langevin distributions and their discrete approximations", 1996.
 */
export function chainKernel({ box, terms, squares }: CompleteProblem, reading: 'energy' | 'acceptance'): string {
  const axes = box.map((_, i) => i)
  const polynomials = [terms, ...squares]
  const firstOf = polynomials.map((_, i) => polynomials.slice(0, i).reduce((sum, list) => sum + list.length, 0))
  const all = polynomials.flat()
  const sums = polynomials.map((list, i) => list.map((term, j) => monomialText(term, `c${firstOf[i]! + j}`)).join(' + ') || '0')
  const slopes = axes.map(axis => slopeText(polynomials, firstOf, axis))
  return [
    'function (coefficients, lower, upper, starts, sizes, skips, draws) {',
    ...all.map((_, j) => `  const c${j} = coefficients[this.thread.y * ${all.length} + ${j}]`),
    ...axes.flatMap(i => [
      `  const from${i} = lower[this.thread.y * ${axes.length} + ${i}]`,
      `  const to${i} = upper[this.thread.y * ${axes.length} + ${i}]`,
      `  let y${i} = starts[this.thread.y * ${axes.length} + ${i}]`,
      `  let g${i} = 0.0`,
    ]),
    '  const size = sizes[this.thread.y]',
    '  const skip = skips[this.thread.y]',
    '  let energy = 1e30',
    '  let sum = 0.0',
    '  for (let n = 0; n < skip + draws; n++) {',
    // One length for all steps would hold chains fast where the gradient is steep.
    '    const h = size * Math.pow(2, -6 * Math.random())',
    // The first step stays at the start and is taken, which gives its energy and slope.
    '    let spread = 0.0',
    '    if (n > 0) { spread = Math.sqrt(2 * h) }',
    ...normalLines(axes.length),
    ...axes.map(i => `    const x${i} = y${i} - h * g${i} + spread * z${i}`),
    ...powerLines([...all, ...all.flatMap(term => axes.map(axis => lowered(term, axis)))], axes),
    ...sums.slice(1).map((root, j) => `    const r${j} = ${root}`),
    `    const k = ${[sums[0]!, ...sums.slice(1).map((_, j) => `r${j} * r${j}`)].join(' + ')}`,
    ...axes.flatMap(i => [`    const q${i} = ${slopes[i]!}`, `    const back${i} = y${i} - x${i} + h * q${i}`]),
    `    const gain = energy - k + 0.5 * (${axes.map(i => `z${i} * z${i}`).join(' + ')}) - (${axes.map(i => `back${i} * back${i}`).join(' + ')}) / (4 * h)`,
    `    let accepted = 0.0`,
    `    if (Math.log(1 - Math.random()) < gain && ${axes.map(i => `x${i} >= from${i} && x${i} <= to${i}`).join(' && ')}) {`,
    '      accepted = 1.0',
    '      energy = k',
    ...axes.flatMap(i => [`      y${i} = x${i}`, `      g${i} = q${i}`]),
    '    }',
    `    if (n >= skip) { sum += ${reading === 'energy' ? 'energy' : 'accepted'} }`,
    '  }',
    '  return sum / draws',
    '}',
  ].join('\n')
}

/** Box–Muller, two normals from two uniforms. */
function normalLines(count: number): string[] {
  return Array.from({ length: Math.ceil(count / 2) }, (_, pair) => [
    `    const radius${pair} = Math.sqrt(-2 * Math.log(1 - Math.random()))`,
    `    const angle${pair} = ${2 * Math.PI} * Math.random()`,
    `    const z${2 * pair} = radius${pair} * Math.cos(angle${pair})`,
    ...(2 * pair + 1 < count ? [`    const z${2 * pair + 1} = radius${pair} * Math.sin(angle${pair})`] : []),
  ]).flat()
}

/** The derivative of K along one axis: of the terms, and twice each root times its own. */
function slopeText(polynomials: readonly (readonly Term[])[], firstOf: readonly number[], axis: number): string {
  const own = polynomials.map((list, i) =>
    list
      .map((term, j) => ({ term, name: `c${firstOf[i]! + j}` }))
      .filter(({ term }) => term.exponents[axis]! > 0)
      .map(({ term, name }) => monomialText(lowered(term, axis), `${term.exponents[axis]!} * ${name}`))
      .join(' + '),
  )
  const parts = own.flatMap((text, i) => (text === '' ? [] : [i === 0 ? text : `2 * r${i - 1} * (${text})`]))
  return parts.join(' + ') || '0.0'
}

function lowered({ coefficient, exponents }: Term, axis: number): Term {
  return { coefficient, exponents: exponents.map((e, i) => (i === axis ? Math.max(0, e - 1) : e)) }
}
