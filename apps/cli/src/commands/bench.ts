import { Command } from 'commander'
import { wholeNumber } from '../arguments.ts'
import { checkPlace } from '../write-whole.ts'

interface BenchOptions {
  readonly rounds?: string
  readonly chart?: string
  readonly json?: boolean
}

/** `deaddir bench`: interleaved benchmarks, as ratios with their spread. */
export function benchCommand(): Command {
  return new Command('bench')
    .description('times kernels, optimizers, readouts and samplers in turn: ratios with their spread, and the machine')
    .usage('[NAME…] [--rounds <N>] [--chart <FILE>] [--json]')
    .argument('[NAME...]', 'part of a benchmark’s name, such as svd; without it all, which takes minutes')
    .option('--rounds <N>', "rounds of a comparison; without it each one's own")
    .option('--chart <FILE>', 'write times that grow, those of readout-growth, as a figure; the name ends in .svg')
    .option('--json', 'print JSON')
    .action(async (names: readonly string[], { rounds, chart, json = false }: BenchOptions) => {
      const asked = { names, rounds: rounds === undefined ? undefined : wholeNumber('--rounds', rounds, 1) }
      const { benched, chosenFrom } = await import('../benched.ts')
      if (chart !== undefined) {
        await checkPlace('--chart', chart, '.svg')
        if (!chosenFrom(names).some(benchmark => 'series' in benchmark)) throw new RangeError(`--chart: got benchmarks ${names.join(', ')}, expected readout-growth among them`)
      }
      const { benchText } = await import('../print/bench.ts')
      const run = await benched(asked)
      if (chart !== undefined) {
        const { drawable, writeGrowthChart } = await import('../growth-chart.ts')
        await writeGrowthChart(chart, drawable(run.results)!)
      }
      process.stdout.write(json ? `${JSON.stringify(run, null, 2)}\n` : `${benchText(run)}\n`)
    })
}
