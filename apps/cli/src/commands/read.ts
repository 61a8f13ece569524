import { Command, Option } from 'commander'
import { wholeNumber } from '../arguments.ts'
import type { Reading } from '../read-folder.ts'
import { checkPlace } from '../write-whole.ts'

interface ReadOptions extends Pick<Reading, 'likelihood' | 'inputs' | 'backend'> {
  readonly json?: boolean
  readonly report?: string
  readonly seed: string
}

/** `deaddir read DIR`: the readout of a checkpoint (arXiv 2606.05957, theory rows F.1–F.6). */
export function readCommand(): Command {
  return new Command('read')
    .description('dead directions and (λ, m, ν) of a checkpoint')
    .usage('<DIR> --inputs <FILE> [--json] [--report <FILE>] [--likelihood <NAME>] [--backend <NAME>] [--seed <N>]')
    .argument('<DIR>', 'folder with network.json and its weights, or a TensorFlow.js model.json')
    .requiredOption('--inputs <FILE>', 'sample of inputs, .npy or .csv, one row each')
    .option('--json', 'print JSON')
    .option('--report <FILE>', 'write a self-contained HTML page with plots')
    .addOption(new Option('--likelihood <NAME>', "instead of the checkpoint's own").choices(['gaussian', 'categorical']))
    .option('--backend <NAME>', 'TensorFlow.js backend', 'node')
    .option('--seed <N>', 'seed of drawn labels, used only for wide outputs', '0')
    .action(async (folder: string, { json, report, seed, ...rest }: ReadOptions) => {
      const reading = { ...rest, folder, seed: wholeNumber('--seed', seed, 0) }
      if (report !== undefined) await checkPlace('--report', report, '.html')
      const { readFolder, writePage } = await import('../read-folder.ts')
      const { printReport } = await import('../print/report.ts')
      const result = await readFolder(reading)
      if (report !== undefined) await writePage(report, result, `Readout of ${folder}`)
      if (json === true) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
      else printReport(result, report)
    })
}
