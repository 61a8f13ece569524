import { basename, resolve } from 'node:path'
import { Command, Option } from 'commander'
import { threadCount, wholeNumber } from '../arguments.ts'
import { askedPosterior, type PosteriorOptions, posteriorUsage, withPosterior } from '../posterior.ts'
import type { Reading } from '../read-folder.ts'
import { checkPlace } from '../write-whole.ts'

interface ReadOptions extends Pick<Reading, 'likelihood' | 'inputs' | 'backend'>, PosteriorOptions {
  readonly json?: boolean
  readonly report?: string
  readonly seed: string
  readonly priorOrder: string
  readonly threads?: string
}

/** `deaddir read DIR…`: the readout of a checkpoint, or of several (arXiv 2606.05957, theory rows F.1–F.6, B4 and B5). */
export function readCommand(): Command {
  const command = new Command('read')
    .description('dead directions and (λ, m, ν) of a checkpoint, or of several')
    .usage(`<DIR…> --inputs <FILE> [--json] [--report <FILE>] [--likelihood <NAME>] [--backend <NAME>] [--seed <N>] [--prior-order <H>] [--threads <N>] ${posteriorUsage}`)
    .argument('<DIR...>', 'folder with network.json and its weights, or a TensorFlow.js model.json; several are read side by side')
    .requiredOption('--inputs <FILE>', 'sample of inputs, .npy or .csv, one row each')
    .option('--json', 'print JSON; of several checkpoints an array')
    .option('--report <FILE>', 'write a self-contained HTML page with plots; of several checkpoints one each, named FILE-DIR.html')
    .addOption(new Option('--likelihood <NAME>', "instead of the checkpoint's own").choices(['gaussian', 'categorical']))
    .option('--backend <NAME>', 'TensorFlow.js backend', 'node')
    .option('--seed <N>', 'seed of drawn labels, used only for wide outputs', '0')
    .option('--prior-order <H>', 'order h of a prior |t|^h along each dead direction, which then adds (h+1)/(2k)', '0')
    .option('--threads <N>', 'of several checkpoints: threads to read them on, with the same bits; without it as many as the machine has')
  return withPosterior(command).action(async (folders: readonly string[], { json = false, report: place, seed, priorOrder, threads, beta, samples, ...rest }: ReadOptions) => {
    const posterior = askedPosterior({ ...(beta === undefined ? {} : { beta }), ...(samples === undefined ? {} : { samples }) })
    const common = { ...rest, seed: wholeNumber('--seed', seed, 0), priorOrder: wholeNumber('--prior-order', priorOrder, 0), ...posterior }
    const workers = threadCount(threads, folders.length)
    if (place !== undefined) await checkPlace('--report', place, '.html')
    const pages = place === undefined ? [] : pagesOf(place, folders)
    const { readFolders, writePage } = await import('../read-folder.ts')
    const { printReports } = await import('../print/report.ts')
    const reports = await readFolders(folders.map(folder => ({ ...common, folder })), workers)
    const results = reports.map((report, i) => ({ folder: folders[i] as string, report, page: pages[i] }))
    for (const { folder, report, page } of results) if (page !== undefined) await writePage(page, report, `Readout of ${folder}`)
    if (!json) printReports(results)
    else process.stdout.write(`${JSON.stringify(results.length === 1 ? reports[0] : results.map(({ folder, report }) => ({ folder, ...report })), null, 2)}\n`)
  })
}

/** The page of each folder: the place itself for one; for several beside each other, the folder's name added to the file's. */
function pagesOf(place: string, folders: readonly string[]): readonly string[] {
  if (folders.length === 1) return [place]
  const pages = folders.map(folder => `${place.slice(0, -'.html'.length)}-${basename(resolve(folder))}.html`)
  const twice = pages.find((page, i) => pages.indexOf(page) < i)
  if (twice !== undefined) throw new RangeError(`--report: got ${JSON.stringify(place)}, which writes ${JSON.stringify(twice)} for two folders, expected folders of different names`)
  return pages
}
