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
  readonly rounds: number
  /** Seconds for which each reads in a round. */
  readonly seconds: number
  /** Seconds for which each reads before the first round: its compiler is at work for longer than a round. */
  readonly before: number
}

/** Readouts of networks of 8 layers, narrow and wide, on one worker, on two, and on two processes with a worker each, in turn. */
export const workersBenchmark: Measurement = {
  name: 'workers',
  measure: async () => [
    ...(await atWidth({ layers: 8, width: 8, inputs: 128, rounds: 7, seconds: 4, before: 15 })),
    ...(await atWidth({ layers: 8, width: 64, inputs: 128, rounds: 7, seconds: 4, before: 20 })),
  ],
}

async function atWidth(size: WorkersSize): Promise<Quantity[]> {
  return (await twoAgainstOne(size)).map(({ quantity, ...rest }) => ({ quantity: `width ${size.width}: ${quantity}`, ...rest }))
}

/**
 * Readouts a second of all three and their ratios within each round, and how many processors one worker keeps busy: its share of what
 * the second one could add is taken by its own compiler and garbage collector.
 */
export async function twoAgainstOne({ rounds, seconds, before, ...size }: WorkersSize): Promise<Quantity[]> {
  const tasks = tasksOf(size)
  const readers = await Promise.all([workers(1), workers(2), processes(2)])
  const rates = readers.map((): number[] => [])
  const busy: number[] = []
  try {
    for (const reader of readers) await readFor(before, reader, tasks)
    for (let round = 0; round < rounds; round++)
      for (let turn = 0; turn < readers.length; turn++) {
        const i = (round + turn) % readers.length
        const { rate, processors } = await readFor(seconds, readers[i]!, tasks)
        rates[i]!.push(rate)
        if (i === 0) busy.push(processors)
      }
  } finally {
    await Promise.all(readers.map(reader => reader.close()))
  }
  const [one, two, apart] = rates as [number[], number[], number[]]
  const ratios = (name: string, of: readonly number[]): Quantity[] => {
    const ratio = spreadOf(of.map((rate, round) => rate / one[round]!))
    return (['median', 'low', 'high'] as const).map(part => ({ quantity: `${name} over one, ${part}`, value: ratio[part], unit: '' }))
  }
  return [
    { quantity: 'one worker', value: spreadOf(one).median, unit: 'readouts/s' },
    { quantity: 'two workers', value: spreadOf(two).median, unit: 'readouts/s' },
    { quantity: 'two processes', value: spreadOf(apart).median, unit: 'readouts/s' },
    ...ratios('two workers', two),
    ...ratios('two processes', apart),
    { quantity: 'processors busy with one worker', value: spreadOf(busy).median, unit: '' },
  ]
}

/** Lanes that read one network after the other, all at once. */
interface Reader {
  readonly lanes: readonly ((task: ReadoutTask) => Promise<unknown>)[]
  close(): unknown
}

async function workers(threads: number): Promise<Reader> {
  const pool = openPool({ threads })
  return { lanes: Array.from({ length: threads }, () => task => pool.map('readout', [task])), close: pool.close }
}

/** Processes with one worker each, which share nothing. */
async function processes(count: number): Promise<Reader> {
  const children = Array.from({ length: count }, () => fork(child, { serialization: 'advanced', execArgv: fromSource ? ['--conditions=@dead-directions/source'] : [] }))
  const deaths = children.map(async (process): Promise<never> => {
    throw new Error(`a process of readouts ended: exit code ${(await once(process, 'exit'))[0]}`)
  })
  const answer = (i: number): Promise<unknown> => Promise.race([once(children[i]!, 'message'), deaths[i]])
  await Promise.all(children.map((_, i) => answer(i)))
  return {
    lanes: children.map((process, i) => task => {
      process.send([task])
      return answer(i)
    }),
    close: () => children.forEach(process => process.kill()),
  }
}

/** Readouts a second, every lane's own in the time of its own, so that none waits for another's last; and the processors busy meanwhile. */
async function readFor(seconds: number, { lanes }: Reader, tasks: readonly ReadoutTask[]): Promise<{ rate: number; processors: number }> {
  const used = process.cpuUsage()
  const start = performance.now()
  const elapsed = (): number => (performance.now() - start) / 1000
  const rates = await Promise.all(
    lanes.map(async read => {
      let done = 0
      do await read(tasks[done++ % tasks.length]!)
      while (elapsed() < seconds)
      return done / elapsed()
    }),
  )
  const { user, system } = process.cpuUsage(used)
  return { rate: rates.reduce((sum, rate) => sum + rate, 0), processors: (user + system) / 1e6 / elapsed() }
}

/** Tanh chains, each with its first unit at another distance from dying. */
function tasksOf({ layers, width, inputs }: Pick<WorkersSize, 'layers' | 'width' | 'inputs'>): readonly ReadoutTask[] {
  const spec = { widths: Array.from({ length: layers + 1 }, () => width), activation: 'tanh', bias: false }
  const network = buildNetwork({ input: [width], nodes: [{ name: 'body', primitive: 'mlp', spec, inputs: ['input'] }], output: 'body', likelihood: 'gaussian' }, presetRegistry())
  const sample = matrix(inputs, width, standardNormals(1, inputs * width))
  return Array.from({ length: 8 }, (_, i) => ({ network: network.description, parameters: canonicalApproach(network, 0.03 + 0.005 * i), inputs: sample }))
}
