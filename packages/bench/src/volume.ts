import { type GpuMode, sublevelVolumes } from '@dead-directions/backend-gpujs'
import type { Measurement, Quantity } from './benchmark.ts'
import { spreadOf } from './statistics.ts'

const rounds = 7
/** So many points a level that the start of workers, a tenth of a second, is a small part of the time. */
const samples = 2 ** 26
const levels = Array.from({ length: 16 }, (_, i) => 10 ** -(2 + 2 * i))
/** K = x²y² + x⁶ + y⁶ on the square. */
const problem = { terms: [[2, 2], [6, 0], [0, 6]].map(exponents => ({ coefficient: 1, exponents })), box: [[-1, 1], [-1, 1]] } as const

/** Sampling sublevel volumes in gpu.js's `webasm` mode against its `cpu` mode, in turn. */
export const volumeBenchmark: Measurement = { name: 'volume', measure: () => compared(samples) }

/** Rates of both modes and their ratio within each round, compilation and the start of workers included. */
export async function compared(perLevel: number, count: number = rounds): Promise<Quantity[]> {
  const rates: Record<'webasm' | 'cpu', number[]> = { webasm: [], cpu: [] }
  for (let round = 0; round < count; round++) {
    const turn: readonly ('webasm' | 'cpu')[] = round % 2 === 0 ? ['webasm', 'cpu'] : ['cpu', 'webasm']
    for (const mode of turn) rates[mode].push(await rateOf(mode, perLevel))
  }
  const ratio = spreadOf(rates.webasm.map((rate, round) => rate / rates.cpu[round]!))
  return [
    { quantity: 'webasm', value: spreadOf(rates.webasm).median, unit: 'million points/s' },
    { quantity: 'cpu', value: spreadOf(rates.cpu).median, unit: 'million points/s' },
    ...(['median', 'low', 'high'] as const).map(name => ({ quantity: `webasm over cpu, ${name}`, value: ratio[name], unit: '' })),
  ]
}

async function rateOf(mode: GpuMode, perLevel: number): Promise<number> {
  return (await sublevelVolumes(problem, levels, { mode, seed: 1, samples: perLevel })).samplesPerSecond / 1e6
}
