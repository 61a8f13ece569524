import type { GaugeDeclaration } from '@dead-directions/registry'
import { partsOf } from './parts.ts'
import type { TransformerBlockSpec } from './spec.ts'

/**
 * The gauges of the parts; and where a branch starts with a normalisation, its scale of each channel against the columns that
 * read the channel. Behind a sum the scale reaches the stream too, and is no gauge of the block.
 * Source: arXiv 2606.05957, row D1.
 */
export function gauges(spec: TransformerBlockSpec): readonly GaugeDeclaration[] {
  const ofParts = partsOf(spec).flatMap(({ name, architecture, spec: own }) => architecture.gauges(own).map(gauge => renamed(name, gauge)))
  return spec.placement === 'post' ? ofParts : [...ofParts, scales(spec, 'norm1', 'attention', ['q', 'k', 'v']), scales(spec, 'norm2', 'feedforward', spec.feedforward === 'mlp' ? ['fc1'] : ['gate', 'up'])]
}

function scales({ width }: TransformerBlockSpec, norm: string, part: string, readers: readonly string[]): GaugeDeclaration {
  return { kind: 'rescaling', rows: [`${norm}.gamma`], columns: readers.map(layer => `${part}.${layer}.weight`), units: width }
}

function renamed(part: string, { rows, columns, dualRows, ...gauge }: GaugeDeclaration): GaugeDeclaration {
  const full = (names: readonly string[]): string[] => names.map(name => `${part}.${name}`)
  return { ...gauge, rows: full(rows), columns: full(columns), ...(dualRows === undefined ? {} : { dualRows: full(dualRows) }) }
}
