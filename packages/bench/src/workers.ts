import { buildNetwork, canonicalApproach, matrix, presetRegistry, standardNormals } from '@dead-directions/dead-directions'
import { openPool, type Pool, type ReadoutTask } from '@dead-directions/parallel'
import type { Measurement, Quantity } from './benchmark.ts'
import { spreadOf } from './statistics.ts'

/** Readouts of one size on two workers. */
export interface WorkersSize {
  readonly layers: number
  readonly width: number
  readonly inputs: number
  readonly readouts: number
  readonly rounds: number
}

/** Several readouts of networks of 8 layers on two workers against one, in turn. */
export const workersBenchmark: Measurement = {
  name: 'workers',
  measure: () => twoAgainstOne({ layers: 8, width: 8, inputs: 128, readouts: 8, rounds: 5 }),
}

/** Times of both and their ratio within each round; the workers have started and read one network each before. */
export async function twoAgainstOne({ rounds, ...size }: WorkersSize): Promise<Quantity[]> {
  const tasks = tasksOf(size)
  const pools = [openPool({ threads: 1 }), openPool({ threads: 2 })] as const
  const times = [[], []] as readonly [number[], number[]]
  try {
    for (const pool of pools) await seconds(pool, tasks.slice(0, pool.threads))
    for (let round = 0; round < rounds; round++) for (const i of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) times[i].push(await seconds(pools[i], tasks))
  } finally {
    await Promise.all(pools.map(pool => pool.close()))
  }
  const ratio = spreadOf(times[0].map((one, round) => one / times[1][round]!))
  return [
    { quantity: 'one worker', value: spreadOf(times[0]).median, unit: 's' },
    { quantity: 'two workers', value: spreadOf(times[1]).median, unit: 's' },
    ...(['median', 'low', 'high'] as const).map(name => ({ quantity: `two workers over one, ${name}`, value: ratio[name], unit: '' })),
  ]
}

/** Tanh chains, each with its first unit at another distance from dying. */
function tasksOf({ layers, width, inputs, readouts }: Omit<WorkersSize, 'rounds'>): readonly ReadoutTask[] {
  const spec = { widths: Array.from({ length: layers + 1 }, () => width), activation: 'tanh', bias: false }
  const network = buildNetwork({ input: [width], nodes: [{ name: 'body', primitive: 'mlp', spec, inputs: ['input'] }], output: 'body', likelihood: 'gaussian' }, presetRegistry())
  const sample = matrix(inputs, width, standardNormals(1, inputs * width))
  return Array.from({ length: readouts }, (_, i) => ({ network: network.description, parameters: canonicalApproach(network, 0.03 + 0.005 * i), inputs: sample }))
}

async function seconds(pool: Pool, tasks: readonly ReadoutTask[]): Promise<number> {
  const start = performance.now()
  await pool.map('readout', tasks)
  return (performance.now() - start) / 1000
}
