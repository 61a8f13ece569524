import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { buildNetwork, canonicalApproach, matrix, presetRegistry, standardNormals } from '@dead-directions/dead-directions'
import { openPool, type ReadoutTask } from '@dead-directions/parallel'
import type { Measurement, Quantity } from './benchmark.ts'
import { spreadOf } from './statistics.ts'

// Compiled, this file and the child are `.js`; from source Node itself strips the types.
const fromSource = import.meta.url.endsWith('.ts')
const child = fileURLToPath(new URL(fromSource ? './workers-child.ts' : './workers-child.js', import.meta.url))

/** Readouts of one size on two workers. */
export interface WorkersSize {
  readonly layers: number
  readonly width: number
  readonly inputs: number
  readonly readouts: number
  readonly rounds: number
  /** Readouts of every worker before the first round: its compiler is at work for longer than a round. */
  readonly before: number
}

/** Several readouts of networks of 8 layers, narrow and wide, on one worker, on two, and on two processes with a worker each, in turn. */
export const workersBenchmark: Measurement = {
  name: 'workers',
  measure: async () => [
    ...(await atWidth({ layers: 8, width: 8, inputs: 128, readouts: 8, rounds: 5, before: 96 })),
    ...(await atWidth({ layers: 8, width: 64, inputs: 128, readouts: 8, rounds: 5, before: 48 })),
  ],
}

async function atWidth(size: WorkersSize): Promise<Quantity[]> {
  return (await twoAgainstOne(size)).map(({ quantity, ...rest }) => ({ quantity: `width ${size.width}: ${quantity}`, ...rest }))
}

/**
 * Times of all three and their ratios within each round, and how many processors one worker keeps busy: its share of what the
 * second one could add is taken by its own compiler and garbage collector.
 */
export async function twoAgainstOne({ rounds, before, ...size }: WorkersSize): Promise<Quantity[]> {
  const tasks = tasksOf(size)
  const readers = await Promise.all([workers(1), workers(2), processes(2)])
  const times = readers.map((): number[] => [])
  const busy: number[] = []
  try {
    for (const reader of readers) await reader.read(Array.from({ length: reader.threads * before }, (_, i) => tasks[i % tasks.length]!))
    for (let round = 0; round < rounds; round++)
      for (let turn = 0; turn < readers.length; turn++) {
        const i = (round + turn) % readers.length
        const { seconds, processors } = await timed(readers[i]!, tasks)
        times[i]!.push(seconds)
        if (i === 0) busy.push(processors)
      }
  } finally {
    await Promise.all(readers.map(reader => reader.close()))
  }
  const [one, two, apart] = times as [number[], number[], number[]]
  const ratios = (name: string, against: readonly number[]): Quantity[] => {
    const ratio = spreadOf(one.map((seconds, round) => seconds / against[round]!))
    return (['median', 'low', 'high'] as const).map(part => ({ quantity: `${name} over one, ${part}`, value: ratio[part], unit: '' }))
  }
  return [
    { quantity: 'one worker', value: spreadOf(one).median, unit: 's' },
    { quantity: 'two workers', value: spreadOf(two).median, unit: 's' },
    { quantity: 'two processes', value: spreadOf(apart).median, unit: 's' },
    ...ratios('two workers', two),
    ...ratios('two processes', apart),
    { quantity: 'processors busy with one worker', value: spreadOf(busy).median, unit: '' },
  ]
}

/** Reads networks on so many threads. */
interface Reader {
  readonly threads: number
  read(tasks: readonly ReadoutTask[]): Promise<unknown>
  close(): unknown
}

async function workers(threads: number): Promise<Reader> {
  const pool = openPool({ threads })
  return { threads, read: tasks => pool.map('readout', tasks), close: pool.close }
}

/** Processes with one worker each, which share nothing and read every so manieth network. */
async function processes(count: number): Promise<Reader> {
  const children = Array.from({ length: count }, () => fork(child, { serialization: 'advanced', execArgv: fromSource ? ['--conditions=@dead-directions/source'] : [] }))
  const deaths = children.map(async (process): Promise<never> => {
    throw new Error(`a process of readouts ended: exit code ${(await once(process, 'exit'))[0]}`)
  })
  const answers = (): Promise<unknown> => Promise.all(children.map((process, i) => Promise.race([once(process, 'message'), deaths[i]])))
  await answers()
  return {
    threads: count,
    read(tasks) {
      children.forEach((process, own) => process.send(tasks.filter((_, i) => i % count === own)))
      return answers()
    },
    close: () => children.forEach(process => process.kill()),
  }
}

/** Tanh chains, each with its first unit at another distance from dying. */
function tasksOf({ layers, width, inputs, readouts }: Omit<WorkersSize, 'rounds' | 'before'>): readonly ReadoutTask[] {
  const spec = { widths: Array.from({ length: layers + 1 }, () => width), activation: 'tanh', bias: false }
  const network = buildNetwork({ input: [width], nodes: [{ name: 'body', primitive: 'mlp', spec, inputs: ['input'] }], output: 'body', likelihood: 'gaussian' }, presetRegistry())
  const sample = matrix(inputs, width, standardNormals(1, inputs * width))
  return Array.from({ length: readouts }, (_, i) => ({ network: network.description, parameters: canonicalApproach(network, 0.03 + 0.005 * i), inputs: sample }))
}

async function timed(reader: Reader, tasks: readonly ReadoutTask[]): Promise<{ seconds: number; processors: number }> {
  const used = process.cpuUsage()
  const start = performance.now()
  await reader.read(tasks)
  const seconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(used)
  return { seconds, processors: (user + system) / 1e6 / seconds }
}
