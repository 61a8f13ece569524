import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { BadInput } from '@dead-directions/registry'
import { experimentNamed, experiments } from './experiments.ts'
import { progressLine } from './progress-line.ts'
import { reportText } from './report-text.ts'
import { runExperiment } from './run-experiment.ts'

const usage = `usage: nx run experiments:run --args="NAME [--quick] [--seeds N] [--minutes N] [--out FOLDER] [--json]"

${experiments.map(({ name, question }) => `  ${name.padEnd(16)}${question}`).join('\n')}
`

/** The command line; returns the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    return await run(argv)
  } catch (error) {
    // parseArgs throws TypeErrors with a code for options that it does not know.
    const fault = error instanceof BadInput || (error instanceof TypeError && 'code' in error)
    if (!fault) throw error
    console.error(error.message)
    return 2
  }
}

async function run(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false }, seeds: { type: 'string' }, minutes: { type: 'string' }, out: { type: 'string' }, json: { type: 'boolean', default: false } },
  })
  const [name, more] = positionals
  if (name === undefined) {
    console.error(usage)
    return 2
  }
  if (more !== undefined) throw new BadInput('experiment', positionals.join(' '), 'one name')
  const experiment = experimentNamed(name)
  const seeds = values.seeds === undefined ? {} : { seeds: wholeNumber('--seeds', values.seeds) }
  const minutes = values.minutes === undefined ? {} : { minutes: wholeNumber('--minutes', values.minutes) }
  const folder = values.out ?? join('tools', 'experiments', 'output', values.quick ? `${name}-quick` : name)
  const progress = progressLine(name)
  const outcome = await runExperiment(experiment, { quick: values.quick, ...seeds, ...minutes, folder, onProgress: progress })
  process.stdout.write(values.json ? `${JSON.stringify({ experiment: name, findings: outcome.summary.findings, lines: outcome.lines })}\n` : reportText(experiment, outcome.summary))
  console.error(`${join(folder, 'report.html')}`)
  return 0
}

function wholeNumber(field: string, text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new BadInput(field, text, 'a whole number of at least 1')
  return value
}
