import { loadCheckpoint, readInputs } from '@dead-directions/dead-directions'
import { drawTargets, type LlcEstimate, type LlcOptions, type LlcRefusal, localLearningCoefficient, networkLandscape } from '@dead-directions/llc'
import { chainsOver, openPool } from '@dead-directions/parallel'
import { curveChart, htmlReport } from '@dead-directions/plot'
import { nodeDocument } from '@dead-directions/plot/node'
import { progressLine } from './progress.ts'
import { writeWhole } from './write-whole.ts'

/** Points of each chain in the picture of its trace. */
const DRAWN = 400

/** What to sample and how. */
export interface Sampling {
  readonly folder: string
  /** Paths of `.npy` or `.csv` files; without targets they are drawn from the checkpoint. */
  readonly inputs: string
  readonly targets?: string
  readonly likelihood?: 'gaussian' | 'categorical'
  readonly backend: string
  readonly options: LlcOptions & { readonly seed: number }
  /** With 1 the chains run on this one. */
  readonly threads: number
}

/** Samples around a checkpoint, with progress on standard error; throws BadInput for what cannot be used. */
export async function sampled({ folder, inputs, targets, likelihood, backend, options, threads }: Sampling): Promise<LlcEstimate | LlcRefusal> {
  const { network, parameters } = await loadCheckpoint(folder, { backend, ...(likelihood === undefined ? {} : { likelihood }) })
  const width = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1)
  const sample = await readInputs(inputs, width(network.description.input))
  const columns = width(network.description.likelihood === 'gaussian' ? network.outputShape : network.outputShape.slice(0, -1))
  const wanted = targets === undefined ? await drawTargets(network, parameters, sample, options.seed) : await readInputs(targets, columns)
  const landscape = await networkLandscape({ network, parameters, inputs: sample, targets: wanted })
  const progress = progressLine(`sampling ${folder}`)
  const asked = { ...options, onProgress: progress.update }
  if (threads === 1) return localLearningCoefficient(landscape, asked).finally(progress.stop)
  const pool = openPool({ threads })
  const chains = chainsOver(pool, { network: network.description, parameters, inputs: sample, targets: wanted, backend })
  return localLearningCoefficient(landscape, asked, chains).finally(() => {
    progress.stop()
    return pool.close()
  })
}

/** Writes the trace of every chain, as a picture or as a page around it. */
export async function writeTrace(path: string, result: LlcEstimate | LlcRefusal, title: string): Promise<void> {
  const svg = traceChart(result)
  if (path.endsWith('.svg')) return writeWhole(path, svg)
  const summary = result.kind === 'estimate' ? [{ label: 'λ̂', value: result.lambda }, { label: 'standard error', value: result.standardError }] : [{ label: 'refused', value: result.reason }]
  await writeWhole(path, htmlReport({ title, summary, warnings: [], sections: [{ heading: 'Trace', paragraphs: ['nβ (L - L*) of the draws. Their mean is λ̂.'], charts: [svg] }], data: result }))
}

function traceChart(result: LlcEstimate | LlcRefusal): string {
  const trace = result.kind === 'estimate' ? result.trace : (result.diagnostics?.trace ?? [])
  const series = trace.map((chain, i) => {
    const every = Math.ceil(chain.length / DRAWN)
    const x = Float64Array.from({ length: Math.ceil(chain.length / every) }, (_, j) => j * every)
    return { name: `chain ${i + 1}`, x, y: x.map(draw => chain[draw]!) }
  })
  return curveChart({ title: 'Trace of nβ (L - L*)', x: { label: 'draw' }, y: { label: 'nβ (L - L*)' }, series }, { document: nodeDocument() })
}
