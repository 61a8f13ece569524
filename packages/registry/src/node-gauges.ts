import type { ActivationFacts, Architecture } from './architecture.ts'
import type { GaugeDeclaration, GaugeKind, Writers } from './gauge-declaration.ts'

const behind: Readonly<Record<ActivationFacts['symmetry'], readonly GaugeKind[]>> = {
  linear: ['general-linear'],
  homogeneous: ['rescaling', 'permutation'],
  odd: ['sign', 'permutation'],
  none: ['permutation'],
}

/**
 * The groups that an elementwise map lets pass, largest first. Source: arXiv 2606.05957, row D1.
 *
 * @example
 * import { kindsBehind } from '@dead-directions/registry'
 * kindsBehind({ symmetry: 'odd' }) // ['sign', 'permutation']
 */
export function kindsBehind({ symmetry }: Pick<ActivationFacts, 'symmetry'>): readonly GaugeKind[] {
  return behind[symmetry]
}

/**
 * Every gauge inside one node: those between the affine maps of its chain, then those that it declares.
 * Source: arXiv 2606.05957, row D1.
 *
 * @param spec the primitive's configuration, already checked
 * @returns with parameter names as the primitive gives them, without the node's
 * @example
 * import { mlp } from '@dead-directions/arch-mlp'
 * import { gaugesOf } from '@dead-directions/registry'
 * gaugesOf(mlp, { widths: [4, 3, 1], activation: 'relu' })[0] // { kind: 'rescaling', rows: ['fc1.weight'], columns: ['fc2.weight'], units: 3 }
 */
export function gaugesOf(architecture: Architecture, spec: unknown): readonly GaugeDeclaration[] {
  const chain = architecture.chain?.(spec) ?? []
  const parameters = architecture.parameters(spec)
  const between = chain.slice(0, -1).flatMap(({ weight, bias, activation }, at) => {
    const units = parameters[weight]?.shape[0] as number
    const slots = { rows: bias === null ? [weight] : [weight, bias], columns: [chain[at + 1]?.weight as string], units }
    return kindsBehind(activation).map((kind): GaugeDeclaration => ({ kind, ...slots }))
  })
  return [...between, ...(architecture.gauges?.(spec) ?? [])]
}

/**
 * {@link Architecture.readers}, or the first map of the chain; empty where the input is seen otherwise too.
 *
 * @example
 * import { attention } from '@dead-directions/arch-attention'
 * import { readersOf } from '@dead-directions/registry'
 * readersOf(attention, { width: 4 }) // ['q.weight', 'k.weight', 'v.weight']
 */
export function readersOf(architecture: Architecture, spec: unknown): readonly string[] {
  const first = architecture.chain?.(spec)[0]
  return first === undefined ? (architecture.readers?.(spec) ?? []) : [first.weight]
}

/**
 * {@link Architecture.writers}, or the last map of the chain; no rows where there is neither.
 *
 * @example
 * import { layernorm } from '@dead-directions/arch-layernorm'
 * import { writersOf } from '@dead-directions/registry'
 * writersOf(layernorm, { width: 4, bias: true }) // { rows: ['gamma', 'beta'], kinds: ['rescaling'] }
 */
export function writersOf(architecture: Architecture, spec: unknown): Writers {
  const last = architecture.chain?.(spec).at(-1)
  if (last === undefined) return architecture.writers?.(spec) ?? { rows: [], kinds: [] }
  return { rows: last.bias === null ? [last.weight] : [last.weight, last.bias], kinds: kindsBehind(last.activation) }
}
