import { type GpuMode, sublevelVolumes, type SublevelVolumes } from '@dead-directions/backend-gpujs'
import { fitVolumeLaw, rlct, type VolumeLaw, type VolumeLawRefusal, volumeTerms } from '@dead-directions/dead-directions/closed-forms'
import { rateChart } from '@dead-directions/plot'
import { nodeDocument } from '@dead-directions/plot/node'
import { progressLine } from './progress.ts'
import { writeWhole } from './write-whole.ts'

/** What `deaddir volume` was asked for. */
export interface VolumeRequest {
  readonly expression: string
  readonly prior?: string
  readonly range: readonly [number, number]
  readonly mode: string
  readonly samples: number
  readonly seed: number
}

/** λ and m measured from volumes, beside what the Newton polyhedron says. */
export interface MeasuredVolume extends SublevelVolumes {
  readonly expression: string
  readonly prior: string | null
  readonly variables: readonly string[]
  readonly box: readonly [number, number]
  readonly law: VolumeLaw | VolumeLawRefusal
  /** λ and m at the origin in closed form, null where the Newton polyhedron gives none. */
  readonly closedForm: { readonly lambdaFraction: string; readonly multiplicity: number; readonly exact: boolean } | null
}

/** ε from 10⁻² to 10⁻³²: deep enough for logarithms to show. */
const levels = Array.from({ length: 16 }, (_, i) => 10 ** -(2 + 2 * i))

/** Samples the volumes of `{K < ε}` and fits their law, with progress on standard error. */
export async function measuredVolume({ expression, prior, range, mode, samples, seed }: VolumeRequest): Promise<MeasuredVolume> {
  const { variables, terms, density } = volumeTerms(expression, prior)
  const progress = progressLine('volume')
  try {
    const sampled = await sublevelVolumes({ terms, density, box: variables.map(() => range) }, levels, {
      mode: mode as GpuMode,
      seed,
      samples,
      onProgress: (done, total, step) => progress.update(done, total, step),
    })
    const usable = sampled.levels.filter(({ refused }) => refused === null)
    const column = (name: 'epsilon' | 'volume' | 'standardError'): number[] => usable.map(level => level[name])
    const law = fitVolumeLaw(column('epsilon'), column('volume'), column('standardError'), { mostMultiplicity: Math.max(2, variables.length) })
    return { expression, prior: prior ?? null, variables, box: range, law, closedForm: closedForm(expression, prior), ...sampled }
  } finally {
    progress.stop()
  }
}

function closedForm(expression: string, prior?: string): MeasuredVolume['closedForm'] {
  try {
    const { lambdaFraction, multiplicity, exact } = rlct(expression, prior === undefined ? {} : { prior })
    return { lambdaFraction, multiplicity, exact }
  } catch (error) {
    // A density of several terms, or a K whose zeros are elsewhere: volumes have a law all the same.
    if (error instanceof RangeError) return null
    throw error
  }
}

/** Writes volumes and fit as a figure. */
export async function writeVolumeChart(path: string, { expression, levels, law }: MeasuredVolume): Promise<void> {
  const usable = levels.filter(({ refused }) => refused === null)
  const series = { name: 'sampled', t: usable.map(({ epsilon }) => epsilon), values: usable.map(({ volume }) => volume) }
  const title = law.kind === 'refused' ? `Volume of {${expression} < ε}` : `Volume of {${expression} < ε}: λ = ${law.lambda.toPrecision(4)}, m = ${law.multiplicity}`
  await writeWhole(path, rateChart({ title, xLabel: 'level ε', yLabel: 'volume', series: [series] }, { document: nodeDocument(), width: 640 }))
}
