import { readFile } from 'node:fs/promises'
import { type Architecture, BadInput, chainForm, chainOf, presetRegistry, probePage, probeStudy, type Registry, type Roundup, roundup, studiesOf } from '@dead-directions/dead-directions'
import { openPool } from '@dead-directions/parallel'
import { nodeDocument } from '@dead-directions/plot/node'
import { progressLine } from './progress.ts'
import { writeWhole } from './write-whole.ts'

/** Chains are this long where no depth is asked for. */
const DEPTH = 3

/** What to probe. */
export interface Asked {
  readonly name: string | undefined
  readonly depth?: number
  readonly width: number
  /** Path of a JSON file with the primitive's configuration. */
  readonly spec?: string
  /** For every primitive: threads to work on. */
  readonly threads: number
}

/** Probes one primitive's chain, or every primitive in all its studies when no name is given; progress on standard error. */
export async function probed({ name, depth, width, spec, threads }: Asked): Promise<Roundup> {
  const registry = presetRegistry()
  if (name === undefined && (depth !== undefined || spec !== undefined)) throw new BadInput('--all', 'with --depth or --spec', 'one or the other')
  const plugins = name === undefined ? registry.architectures : [registry.architecture(name, 'NAME')]
  await registry.backend('node').install()
  const progress = progressLine('probing')
  try {
    const [plugin] = plugins
    if (name === undefined || plugin === undefined) return await everyPrimitive(plugins, registry, width, threads, progress.update)
    const configuration = spec === undefined ? plugin.example(width) : await readSpec(spec)
    const form = chainForm(plugin, width, configuration)
    if (form === null) {
      if (depth !== undefined || spec !== undefined) throw new BadInput('--depth', depth, `no depth: nodes of ${name} do not follow each other at width ${width}`)
      const studies = studiesOf(plugin, width, [])
      return { studies: await Promise.all(studies.map(study => probeStudy(name, study, registry))), kernels: [] }
    }
    progress.update(0, 1, name)
    const length = depth ?? DEPTH
    const network = chainOf(plugin, form, configuration, length)
    return { studies: [await probeStudy(name, { title: `${name} chain of ${length}`, network }, registry)], kernels: [] }
  } finally {
    progress.stop()
  }
}

/** The roundup of each primitive by itself, on whichever thread is free. */
async function everyPrimitive(plugins: readonly Architecture[], registry: Registry, width: number, threads: number, onProgress: ReturnType<typeof progressLine>['update']): Promise<Roundup> {
  if (threads === 1) return roundup(plugins, registry, width, onProgress)
  const pool = openPool({ threads: Math.min(threads, plugins.length) })
  const tasks = plugins.map(({ name: primitive }) => ({ primitive, width }))
  const told = (done: number, total: number): void => onProgress(done, total, `${done} of ${total} primitives`)
  told(0, tasks.length)
  const parts = await pool.map('roundup', tasks, told).finally(() => pool.close())
  return { studies: parts.flatMap(({ studies }) => studies), kernels: parts.flatMap(({ kernels }) => kernels) }
}

/** Writes the probed rates as one self-contained HTML page. */
export async function writeProbePage(path: string, result: Roundup, title: string): Promise<void> {
  await writeWhole(path, probePage(result, { title: `Rates of ${title}`, document: nodeDocument() }))
}

async function readSpec(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8')
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new BadInput(`--spec ${path}`, text.slice(0, 40), 'JSON')
  }
}
