import { buildNetwork } from '@dead-directions/network'
import type { Architecture, ProbeStudy, Registry } from '@dead-directions/registry'
import { generalPosition } from './checks.ts'
import { type KernelReading, readKernels } from './kernels.ts'
import { probe, type ProbeRow } from './probe.ts'
import { studiesOf } from './studies.ts'

/** One network of a primitive, probed. */
export interface ProbedStudy {
  readonly primitive: string
  readonly title: string
  readonly rows: readonly ProbeRow[]
}

/** Rates and kernels of several primitives. */
export interface Roundup {
  readonly studies: readonly ProbedStudy[]
  /** Least variance of the first node of each primitive's first study that is of the primitive, parameters in general position. */
  readonly kernels: readonly KernelReading[]
}

/** Called before each study: `done` of `total`, and the one to come. */
export type RoundupProgress = (done: number, total: number, title: string) => void

/**
 * Predicted beside measured rates of every given primitive: chains of its example at depths 1 to 3 and its own probes, and the
 * directions in which its values do not vary. Source: arXiv 2606.05957, row C8.
 *
 * @param width features of the networks
 * @example
 * import { linear } from '@dead-directions/arch-linear'
 * import { nodeBackend } from '@dead-directions/backend-node'
 * import { roundup } from '@dead-directions/conformance'
 * import { createRegistry } from '@dead-directions/registry'
 *
 * await nodeBackend.install()
 * const registry = createRegistry().use(linear)
 * const { studies } = await roundup(registry.architectures, registry, 4)
 * studies.length // 3
 */
export async function roundup(primitives: readonly Architecture[], registry: Registry, width: number, onProgress?: RoundupProgress): Promise<Roundup> {
  const planned = primitives.flatMap(primitive => studiesOf(primitive, width, [1, 2, 3]).map((study, i) => ({ primitive: primitive.name, study, first: i === 0 })))
  const studies: ProbedStudy[] = []
  const kernels: KernelReading[] = []
  for (const [done, { primitive, study, first }] of planned.entries()) {
    onProgress?.(done, planned.length, study.title)
    studies.push(await probeStudy(primitive, study, registry))
    if (first) kernels.push(...(await kernelsOf(primitive, study, registry)))
  }
  onProgress?.(planned.length, planned.length, 'done')
  return { studies, kernels }
}

/** One study, probed with its own inputs and tolerance. */
export async function probeStudy(primitive: string, study: ProbeStudy, registry: Registry): Promise<ProbedStudy> {
  const { rows } = await probe(buildNetwork(study.network, registry), study)
  return { primitive, title: study.title, rows }
}

async function kernelsOf(primitive: string, { network: description, tokens }: ProbeStudy, registry: Registry): Promise<readonly KernelReading[]> {
  const network = buildNetwork(description, registry)
  const readings = await readKernels({ network, parameters: generalPosition(network, 3), ...(tokens === undefined ? {} : { tokens }) })
  const node = readings.find(reading => reading.primitive === primitive)?.node
  return readings.filter(reading => reading.node === node)
}
