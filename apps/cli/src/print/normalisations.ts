import type { ReadNormalisation } from '../normalised.ts'
import { fixed, size } from './number-text.ts'
import { wrapped } from './wrapped.ts'

const width = 120

const names = { layernorm: 'LayerNorm', rmsnorm: 'RMSNorm', none: 'neither LayerNorm nor RMSNorm' } as const

/** Every normalisation of a checkpoint as text. */
export function normalisationText(normalisations: readonly ReadNormalisation[]): string {
  if (normalisations.length === 0) return 'none: the network has no normalisation'
  return normalisations.map(section).join('\n\n')
}

function section({ parameter, declared, seenAt, kernel, measured }: ReadNormalisation): string {
  const head = `${names[declared]}  ${parameter}${seenAt === null ? '' : `, seen at ${seenAt}`}`
  const direction = kernel === null ? 'none: an RMS normalisation has no such direction' : kernel.map(entry => fixed(entry, 4)).join(' ')
  return [head, wrapped('  kernel    ', direction, width), ...(measured === null ? [] : [wrapped('  measured  ', verdict(measured), width)])].join('\n')
}

function verdict({ normalisation, refused, overlap, smallest, threshold, nullity }: NonNullable<ReadNormalisation['measured']>): string {
  if (normalisation === null) return `refused: ${refused}`
  const least = `least relative singular value ${size(smallest)}, zero up to ${size(threshold)}`
  const seen = normalisation === 'layernorm' ? `overlap ${fixed(overlap, 6)}${nullity > 1 ? ` with ${nullity} directions` : ''}; ` : ''
  return `${names[normalisation]}; ${seen}${least}`
}
