import { Command } from 'commander'
import { wholeNumber } from '../arguments.ts'

interface CalibrateOptions {
  readonly models?: string
  readonly roads?: string
  readonly quick?: boolean
  readonly seed: string
  readonly json?: boolean
}

/** `deaddir calibrate`: every road to λ on models whose λ is known (arXiv 2606.05957, rows B1–B8, F and F4). `onError` is called when a value is outside its error bar. */
export function calibrateCommand(onError: () => void): Command {
  return new Command('calibrate')
    .description('every road to λ on models whose λ and m are known exactly')
    .usage('[--models <NAMES>] [--roads <NAMES>] [--quick] [--seed <N>] [--json]')
    .option('--models <NAMES>', 'models or families, separated by commas; without it all')
    .option('--roads <NAMES>', 'roads, separated by commas; without it all')
    .option('--quick', 'shorter chains, with larger errors')
    .option('--seed <N>', 'seed of the roads that sample', '0')
    .option('--json', 'print JSON')
    .action(async ({ models, roads, quick = false, seed, json = false }: CalibrateOptions) => {
      const asked = { models: models?.split(','), roads: roads?.split(','), quick, seed: wholeNumber('--seed', seed, 0) }
      const { calibrated } = await import('../calibrated.ts')
      const rows = await calibrated(asked)
      const { calibrationText } = await import('../print/calibration.ts')
      process.stdout.write(json ? `${JSON.stringify({ rows }, null, 2)}\n` : `${calibrationText(rows)}\n`)
      if (rows.some(({ withinBar }) => !withinBar)) onError()
    })
}
