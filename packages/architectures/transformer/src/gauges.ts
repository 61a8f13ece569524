import { type GaugeDeclaration, gaugesOf, readersOf, type UnitBlock, type Writers, writersOf } from '@dead-directions/registry'
import { branchesOf, type Part, partsOf } from './parts.ts'
import type { TransformerBlockSpec } from './spec.ts'

/**
 * The gauges of the parts; and where a branch starts with a normalisation, its scale of each channel against the columns that
 * read the channel. Behind a sum the scale reaches the stream too, and is no gauge of the block.
 * Source: arXiv 2606.05957, row D1.
 */
export function gauges(spec: TransformerBlockSpec): readonly GaugeDeclaration[] {
  const ofParts = partsOf(spec).flatMap(({ name, architecture, spec: own }) => gaugesOf(architecture, own).map(gauge => renamed(name, gauge)))
  const between = branchesOf(spec).flatMap(({ inside }) => inside.slice(1).flatMap((part, at) => betweenParts(spec, inside[at] as Part, part)))
  return [...ofParts, ...between]
}

/** Behind each sum (post), what the last normalisation writes. */
export function writers(spec: TransformerBlockSpec): Writers {
  const last = branchesOf(spec).at(-1)?.after.at(-1)
  return last === undefined ? { rows: [], kinds: [] } : written(last)
}

function betweenParts({ width }: TransformerBlockSpec, from: Part, to: Part): readonly GaugeDeclaration[] {
  const columns = readersOf(to.architecture, to.spec).map(name => `${to.name}.${name}`)
  const { rows, kinds } = written(from)
  return columns.length === 0 ? [] : kinds.map(kind => ({ kind, rows, columns, units: width }))
}

function written({ name, architecture, spec }: Part): Writers {
  const { rows, kinds } = writersOf(architecture, spec)
  return { rows: rows.map(row => `${name}.${row}`), kinds }
}

function renamed(part: string, { rows, columns, dualRows = [], ...gauge }: GaugeDeclaration): GaugeDeclaration {
  const full = (blocks: GaugeDeclaration['rows']): (string | UnitBlock)[] =>
    blocks.map(block => (typeof block === 'string' ? `${part}.${block}` : { ...block, parameter: `${part}.${block.parameter}` }))
  return { ...gauge, rows: full(rows), columns: full(columns), dualRows: full(dualRows) }
}
