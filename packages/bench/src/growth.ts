import { type Spread, spreadOf } from './statistics.ts'

/** Work of several sizes, whose time is measured against the size. */
export interface Growth {
  readonly name: string
  readonly rounds: number
  readonly series: readonly GrowingWork[]
}

/** One kind of work, from small to large. */
export interface GrowingWork {
  readonly name: string
  /** What grows, such as "width". */
  readonly variable: string
  readonly sizes: readonly number[]
  /** The work of one size, ready to be timed. */
  readonly prepare: (size: number) => Promise<() => Promise<unknown>>
}

export interface GrowthResult {
  readonly name: string
  readonly rounds: number
  readonly series: readonly GrowthSeries[]
}

/** Seconds at every size, and how they grow. */
export interface GrowthSeries {
  readonly name: string
  readonly variable: string
  readonly points: readonly GrowthPoint[]
  readonly powerLaw: PowerLaw
}

export interface GrowthPoint {
  readonly size: number
  readonly seconds: Spread
  /** `log(time ratio) / log(size ratio)` against the size before, within each round; `null` at the first. */
  readonly exponent: Spread | null
}

/** `seconds = coefficient · size^exponent`, by least squares of the logarithms over all rounds. */
export interface PowerLaw {
  readonly exponent: number
  readonly standardError: number
  readonly coefficient: number
}

/** Times all sizes of all series in turn, round after round; each series' smallest runs once before. */
export async function grow({ name, series, ...own }: Growth, rounds: number = own.rounds): Promise<GrowthResult> {
  if (!Number.isInteger(rounds) || rounds < 1) throw new RangeError(`rounds: got ${rounds}, expected a whole number of at least 1`)
  const prepared = []
  for (const work of series) {
    const runs = await Promise.all(work.sizes.map(work.prepare))
    await runs[0]?.()
    prepared.push({ ...work, runs, seconds: work.sizes.map((): number[] => []) })
  }
  for (let round = 0; round < rounds; round++) {
    for (const { runs, seconds } of prepared) {
      for (const [i, run] of runs.entries()) {
        const start = performance.now()
        await run()
        seconds[i]!.push((performance.now() - start) / 1000)
      }
    }
  }
  return { name, rounds, series: prepared.map(({ name, variable, sizes, seconds }) => ({ name, variable, ...growthOf(sizes, seconds) })) }
}

/**
 * How times grow with size.
 *
 * @param seconds of every size, one in each round
 */
export function growthOf(sizes: readonly number[], seconds: readonly (readonly number[])[]): Pick<GrowthSeries, 'points' | 'powerLaw'> {
  const points = sizes.map((size, i): GrowthPoint => {
    const before = seconds[i - 1]
    const exponent = before === undefined ? null : spreadOf(seconds[i]!.map((time, round) => Math.log(time / before[round]!) / Math.log(size / sizes[i - 1]!)))
    return { size, seconds: spreadOf(seconds[i]!), exponent }
  })
  return { points, powerLaw: powerLaw(sizes.flatMap((size, i) => seconds[i]!.map((time): [number, number] => [Math.log(size), Math.log(time)]))) }
}

function powerLaw(points: readonly [number, number][]): PowerLaw {
  const mean = (of: (point: [number, number]) => number): number => points.reduce((sum, point) => sum + of(point), 0) / points.length
  const [x0, y0] = [mean(([x]) => x), mean(([, y]) => y)]
  const spread = mean(([x]) => (x - x0) ** 2)
  const exponent = mean(([x, y]) => (x - x0) * (y - y0)) / spread
  const residual = mean(([x, y]) => (y - y0 - exponent * (x - x0)) ** 2)
  return { exponent, standardError: Math.sqrt(residual / spread / (points.length - 2)), coefficient: Math.exp(y0 - exponent * x0) }
}
