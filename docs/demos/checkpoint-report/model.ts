import { nodeBackend } from '@dead-directions/backend-node'
import { reportPage } from '@dead-directions/dead-directions/report-page'
import { matrix } from '@dead-directions/linalg'
import { buildNetwork, canonicalApproach, checkParameters, standardNormals } from '@dead-directions/network'
import { nodeDocument } from '@dead-directions/plot/node'
import { readout, type Report } from '@dead-directions/readout'
import type { NetworkDescription } from '@dead-directions/registry'
import { deepLinearNetwork } from '@dead-directions/selection-rule'
import { float64 } from '../shell/float64.ts'
import type { Compute, DroppedFile, Line, Outcome } from '../shell/reading.ts'
import { type DroppedCheckpoint, readDropped } from './read-files.ts'

export interface ReportState {
  readonly depth: number
  readonly distance: number
  readonly samples: number
  readonly seed: number
}

export interface ReportOutcome extends Outcome {
  readonly report: Report
}

const width = 3

export const compute: Compute<ReportState, ReportOutcome> = async (state, pace, files) => {
  const registry = await float64()
  const { network: description, tensors, inputs } = files.length === 0 ? example(state, registry) : readDropped(files)
  const network = buildNetwork(description, registry)
  const features = description.input.reduce((product, n) => product * n, 1)
  const sample = inputs === null ? matrix(state.samples, features, standardNormals(state.seed, state.samples * features)) : inputs(features)
  const report = await readout(network, checkParameters(network, tensors), sample, nodeBackend, {
    // Shown as it goes; what came in meanwhile is heard when the readout is done.
    onProgress: (done, total) => void pace(done, total).catch(() => {}),
  })
  await pace(1, 1)
  return {
    report,
    lines: [...totals(report, state, files), ...orders(report, state, files)],
    notes: notes(report, files, inputs !== null),
    page: { name: 'report.html', html: reportPage(report, { title: files.length === 0 ? 'The built-in example' : 'Your checkpoint', document: nodeDocument() }) },
  }
}

/** A linear chain with one channel that dies, at a distance from it: all its numbers are known. */
function example({ depth, distance }: ReportState, registry: Parameters<typeof buildNetwork>[1]): DroppedCheckpoint {
  const description: NetworkDescription = {
    input: [width],
    nodes: [{ name: 'body', primitive: 'mlp', spec: { widths: Array.from({ length: depth + 1 }, () => width), activation: 'identity' }, inputs: ['input'] }],
    output: 'body',
    likelihood: 'gaussian',
  }
  return { network: description, tensors: new Map(Object.entries(canonicalApproach(buildNetwork(description, registry), distance))), inputs: null }
}

function totals({ total, missing }: Report, { depth }: ReportState, files: readonly DroppedFile[]): Line[] {
  if (total === null) return [{ name: 'λ', refused: missing ?? 'no rule determines it' }]
  const known = files.length > 0 ? null : deepLinearNetwork(Array.from({ length: depth + 1 }, () => width), width - 1)
  return [
    { name: 'λ', estimate: total.lambda, error: 0, exact: known?.lambda ?? null, ...(known === null ? {} : { exactText: `${known.lambdaFraction}, ${known.rule}` }), tolerance: 1e-12 },
    { name: 'm', estimate: total.multiplicity, error: 0, exact: known?.multiplicity ?? null, tolerance: 0 },
  ]
}

function orders({ channels }: Report, { depth }: ReportState, files: readonly DroppedFile[]): Line[] {
  return channels.map((channel, i): Line => {
    const name = `k of channel ${i + 1}: ${channel.label}`
    if (channel.klOrder === null) return { name, refused: channel.refused ?? 'no order was read' }
    return { name, estimate: channel.klOrder.value, error: channel.klOrder.standardError, exact: files.length > 0 ? null : depth, tolerance: 0.02 }
  })
}

function notes({ warnings, total, samples }: Report, files: readonly DroppedFile[], given: boolean): string[] {
  return [
    files.length === 0 ? 'The built-in example; drop a folder to read your own. Nothing is uploaded.' : `${files.length} files read in this page: ${files.map(({ path }) => path).join(', ')}.`,
    given ? `${samples} inputs from the folder.` : `${samples} standard normal inputs were drawn; drop inputs.npy or inputs.csv for real ones.`,
    ...(total === null ? [] : [`Rule: ${total.rule}.`]),
    ...warnings,
  ]
}
