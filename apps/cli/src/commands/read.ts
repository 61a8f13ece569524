import { BadInput, loadCheckpoint, readInputs, readout, reportPage } from '@dead-directions/dead-directions'
import { nodeDocument } from '@dead-directions/plot/node'
import { Command, Option } from 'commander'
import { wholeNumber } from '../arguments.ts'
import { printReport } from '../print/report.ts'
import { progressLine } from '../progress.ts'
import { writeWhole } from '../write-whole.ts'

interface ReadOptions {
  readonly inputs: string
  readonly json?: boolean
  readonly report?: string
  readonly likelihood?: 'gaussian' | 'categorical'
  readonly backend?: string
  readonly seed: string
}

/** `deaddir read DIR`: the readout of a checkpoint (arXiv 2606.05957, theory rows F.1–F.6). */
export function readCommand(): Command {
  return new Command('read')
    .description('dead directions and (λ, m, ν) of a checkpoint')
    .argument('<DIR>', 'folder with network.json and its weights, or a TensorFlow.js model.json')
    .requiredOption('--inputs <FILE>', 'sample of inputs, .npy or .csv, one row each')
    .option('--json', 'print JSON')
    .option('--report <FILE>', 'write a self-contained HTML page with plots')
    .addOption(new Option('--likelihood <NAME>', "instead of the checkpoint's own").choices(['gaussian', 'categorical']))
    .option('--backend <NAME>', 'TensorFlow.js backend', 'node')
    .option('--seed <N>', 'seed of drawn labels, used only for wide outputs', '0')
    .action(readAction)
}

async function readAction(folder: string, options: ReadOptions): Promise<void> {
  if (options.report !== undefined && !options.report.endsWith('.html')) throw new BadInput('--report', options.report, 'a file name that ends in .html')
  const seed = wholeNumber('--seed', options.seed, 0)
  const { network, parameters, backend } = await loadCheckpoint(folder, {
    ...(options.backend === undefined ? {} : { backend: options.backend }),
    ...(options.likelihood === undefined ? {} : { likelihood: options.likelihood }),
  })
  const width = network.description.input.reduce((product, n) => product * n, 1)
  const inputs = await readInputs(options.inputs, width)
  const progress = progressLine(`reading ${folder}`)
  const report = await readout(network, parameters, inputs, backend, { seed, onProgress: progress.update }).finally(progress.stop)
  if (options.report !== undefined) await writeWhole(options.report, reportPage(report, { title: `Readout of ${folder}`, document: nodeDocument() }))
  if (options.json === true) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
  else printReport(report, options.report)
}
