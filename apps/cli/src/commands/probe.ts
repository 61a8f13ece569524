import type { Roundup } from '@dead-directions/dead-directions'
import { Command } from 'commander'
import { threadCount, wholeNumber } from '../arguments.ts'
import { checkPlace } from '../write-whole.ts'

interface ProbeOptions {
  readonly all?: boolean
  readonly depth?: string
  readonly width: string
  readonly spec?: string
  readonly threads?: string
  readonly json?: boolean
  readonly report?: string
}

/** `deaddir probe NAME`: predicted beside measured rates of a primitive (arXiv 2606.05957, row C8). `onDisagreement` is called when some differ. */
export function probeCommand(onDisagreement: () => void): Command {
  return new Command('probe')
    .description('predicted beside measured rates of a primitive, at every node of a chain of it')
    .usage('<NAME> | --all [--depth <N>] [--width <D>] [--spec <FILE>] [--threads <N>] [--report <FILE>] [--json]')
    .argument('[NAME]', 'primitive, such as attention')
    .option('--all', 'every primitive, in all the networks it is studied in')
    .option('--depth <N>', 'nodes of the primitive in the chain; without it 3')
    .option('--width <D>', 'features', '4')
    .option('--spec <FILE>', "JSON configuration instead of the primitive's example")
    .option('--threads <N>', 'with --all: threads to probe on, with the same bits; without it as many as the machine has')
    .option('--json', 'print JSON')
    .option('--report <FILE>', 'write a self-contained HTML page with figures')
    .action(async (name: string | undefined, { depth, width, threads, report, ...options }: ProbeOptions) => {
      const asked = {
        ...options,
        name,
        width: wholeNumber('--width', width, 2),
        threads: threadCount(threads, Infinity),
        ...(depth === undefined ? {} : { depth: wholeNumber('--depth', depth, 1) }),
      }
      if ((name === undefined) === (options.all !== true)) throw new RangeError(`NAME: got ${name === undefined ? 'nothing' : `"${name}" beside --all`}, expected the name of a primitive or --all`)
      if (report !== undefined) await checkPlace('--report', report, '.html')
      const { probed, writeProbePage } = await import('../probed.ts')
      const { printRoundup } = await import('../print/roundup.ts')
      const result = await probed(asked)
      if (report !== undefined) await writeProbePage(report, result, name ?? 'every primitive')
      if (options.json === true) process.stdout.write(`${JSON.stringify(jsonOf(result), null, 2)}\n`)
      else printRoundup(result, report)
      const wrong = result.studies.some(({ rows }) => rows.some(({ disagreement }) => disagreement !== null))
      if (wrong) onDisagreement()
    })
}

/** Every row of every study in one list, each with its primitive and study. */
function jsonOf({ studies, kernels }: Roundup): object {
  return { rows: studies.flatMap(({ primitive, title, rows }) => rows.map(row => ({ primitive, study: title, ...row }))), kernels }
}
