import { Command, CommanderError } from 'commander'
import { benchCommand } from './commands/bench.ts'
import { calibrateCommand } from './commands/calibrate.ts'
import { llcCommand } from './commands/llc.ts'
import { lnKernelCommand } from './commands/ln-kernel.ts'
import { nuCommand } from './commands/nu.ts'
import { probeCommand } from './commands/probe.ts'
import { readCommand } from './commands/read.ts'
import { rlctCommand } from './commands/rlct.ts'
import { tableCommand } from './commands/table.ts'
import { trainCommand } from './commands/train.ts'
import { volumeCommand } from './commands/volume.ts'
import { throwing } from './usage.ts'

/**
 * Runs the command line: results go to standard output, everything else to standard error.
 *
 * @param argv arguments after `deaddir`
 * @returns the exit code: 0, 2 for bad input (one line on standard error), 1 for rates that disagree and for anything else
 * @example
 * import { main } from '@dead-directions/cli'
 * process.exitCode = await main(['table', 'rrr', '5', '3', '5', '2', '--json'])
 */
export async function main(argv: readonly string[]): Promise<number> {
  const outcome = { code: 0 }
  try {
    await program(outcome).parseAsync([...argv], { from: 'user' })
    return outcome.code
  } catch (error) {
    // What commander throws here is help that was asked for; its errors come as RangeErrors.
    if (error instanceof CommanderError) return 0
    process.stderr.write(`deaddir: ${described(error)}\n`)
    return isBadInput(error) ? 2 : 1
  }
}

function program(outcome: { code: number }): Command {
  const command = new Command('deaddir')
    .description('Dead directions of a checkpoint, and closed forms of singular learning theory.')
    .addCommand(readCommand())
    .addCommand(probeCommand(() => (outcome.code = 1)))
    .addCommand(tableCommand())
    .addCommand(nuCommand())
    .addCommand(rlctCommand())
    .addCommand(volumeCommand())
    .addCommand(lnKernelCommand())
    .addCommand(llcCommand())
    .addCommand(trainCommand())
    .addCommand(calibrateCommand(() => (outcome.code = 1)))
    .addCommand(benchCommand())
  return throwing(command)
}

/** By name, since importing the class would load TensorFlow.js for every `--help`. */
function isBadInput(error: unknown): boolean {
  return error instanceof RangeError || (error instanceof Error && error.name === 'BadInput')
}

function described(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const isClear = isBadInput(error) || (error as NodeJS.ErrnoException).syscall !== undefined
  return isClear ? error.message : (error.stack ?? error.message)
}
