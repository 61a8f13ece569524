import { buildNetwork, type Network } from '@dead-directions/network'
import { type Architecture, checked, type ProbeStudy, type Registry } from '@dead-directions/registry'
import { gaugeFailure, generalPosition, gradientFailure, kernelFailure, runFailure } from './checks.ts'
import { probe, type ProbeRow } from './probe.ts'
import type { Subject } from './subject.ts'
import { chainForm, studiesOf } from './studies.ts'

/** One thing a plugin promises. */
export interface Check {
  readonly name: string
  /** What is wrong, in one line; `null` when nothing is. */
  readonly failure: string | null
}

/** One network on which a plugin's rates were measured. */
export interface StudyResult {
  readonly title: string
  readonly rows: readonly ProbeRow[]
  /** Mean square of the dead input, which forward coefficients are in units of. */
  readonly inputMoment: number
}

/** All that was checked of a plugin. */
export interface ConformanceReport {
  readonly plugin: string
  readonly passed: boolean
  readonly checks: readonly Check[]
  readonly studies: readonly StudyResult[]
}

/** Features of the networks a plugin is tried on, and lengths of the chains of its example. */
const WIDTH = 4
const DEPTHS = [1, 2, 3]

/** Relative difference of a coefficient from its prediction. */
const COEFFICIENT = 0.02

/**
 * Measures an architecture plugin in float64 and compares it with what it says of itself: rates at every node, coefficients where
 * its rule gives them, gauges, kernels, derivatives, memory and determinism. The float64 backend must be installed.
 * Source: arXiv 2606.05957, rows C7, C8 and D1.
 *
 * @param plugin the primitive
 * @param registry where the primitives of its probes are looked up; the plugin need not be in it
 * @returns every check with its failure, and the measured rates
 * @example
 * import { mlp } from '@dead-directions/arch-mlp'
 * import { nodeBackend } from '@dead-directions/backend-node'
 * import { conformance } from '@dead-directions/conformance'
 * import { createRegistry } from '@dead-directions/registry'
 *
 * await nodeBackend.install()
 * const report = await conformance(mlp, createRegistry())
 * report.checks.filter(({ failure }) => failure !== null) // []
 */
export async function conformance(plugin: Architecture, registry: Registry): Promise<ConformanceReport> {
  const known = registry.architectures.some(({ name }) => name === plugin.name) ? registry : registry.use(plugin)
  checked(plugin.spec, plugin.example(WIDTH), `${plugin.name}.example`)
  const studies = studiesOf(plugin, WIDTH, DEPTHS)
  const checks: Check[] = [{ name: 'can be measured', failure: studies.length === 0 ? 'its example makes no chain and it lists no probes, expected one of them' : null }]
  const results: StudyResult[] = []
  const gauges: (string | null)[] = []
  for (const study of studies) {
    const network = buildNetwork(study.network, known)
    const { rows, measured } = await probe(network, study)
    results.push({ title: study.title, rows, inputMoment: measured.inputMoment })
    checks.push({ name: `rates: ${study.title}`, failure: rateFailure(rows) })
    gauges.push(await gaugeFailure(subjectOf(study, network)))
  }
  checks.push({ name: 'gauges', failure: gauges.find(failure => failure !== null) ?? null })
  const [first] = studies
  if (first !== undefined) {
    if (chainForm(plugin, WIDTH, plugin.example(WIDTH)) !== null) checks.push({ name: 'coefficients', failure: coefficientFailure(plugin, results[0] as StudyResult) })
    checks.push(...(await structureChecks(subjectOf(first, buildNetwork(first.network, known)))))
  }
  return { plugin: plugin.name, passed: checks.every(({ failure }) => failure === null), checks, studies: results }
}

function subjectOf(study: ProbeStudy, network: Network): Subject {
  return { network, parameters: generalPosition(network, 3), ...(study.tokens === undefined ? {} : { tokens: study.tokens }) }
}

async function structureChecks(subject: Subject): Promise<readonly Check[]> {
  return [
    { name: 'memory and determinism', failure: await runFailure(subject) },
    { name: 'derivatives', failure: await gradientFailure(subject) },
    { name: 'kernels', failure: await kernelFailure(subject) },
  ]
}

/** Every row that disagrees, named by node and quantity. */
function rateFailure(rows: readonly ProbeRow[]): string | null {
  const wrong = rows.filter(({ disagreement }) => disagreement !== null)
  return wrong.length === 0 ? null : wrong.map(({ node, quantity, disagreement }) => `node ${node}, ${quantity}: ${disagreement}`).join('; ')
}

/** The second moment of a single node's dead output against that of its dead input. */
function coefficientFailure(plugin: Architecture, { rows, inputMoment }: StudyResult): string | null {
  const { composition, forward } = plugin.rate(plugin.example(WIDTH))
  const row = rows.find(({ quantity }) => quantity === 'forward')
  if (row === undefined || forward.coefficient === null || (composition.kind !== 'additive' && composition.kind !== 'gated')) return null
  const expected = (row.predictedCoefficient as number) * inputMoment
  const measured = row.measuredCoefficient as number
  return Math.abs(measured / expected - 1) <= COEFFICIENT
    ? null
    : `node ${row.node}, forward: predicted coefficient ${expected.toPrecision(4)} of the second moment, measured ${measured.toPrecision(4)}`
}
