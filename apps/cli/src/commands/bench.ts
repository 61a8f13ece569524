import { Command } from 'commander'
import { wholeNumber } from '../arguments.ts'

interface BenchOptions {
  readonly rounds?: string
  readonly json?: boolean
}

/** `deaddir bench`: interleaved benchmarks, as ratios with their spread. */
export function benchCommand(): Command {
  return new Command('bench')
    .description('times kernels, optimizers, readouts and samplers in turn: ratios with their spread, and the machine')
    .usage('[NAME…] [--rounds <N>] [--json]')
    .argument('[NAME...]', 'part of a benchmark’s name, such as svd; without it all, which takes minutes')
    .option('--rounds <N>', "rounds of a comparison; without it each one's own")
    .option('--json', 'print JSON')
    .action(async (names: readonly string[], { rounds, json = false }: BenchOptions) => {
      const asked = { names, rounds: rounds === undefined ? undefined : wholeNumber('--rounds', rounds, 1) }
      const { benched } = await import('../benched.ts')
      const { benchText } = await import('../print/bench.ts')
      const run = await benched(asked)
      process.stdout.write(json ? `${JSON.stringify(run, null, 2)}\n` : `${benchText(run)}\n`)
    })
}
