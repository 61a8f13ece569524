import { BadInput } from '@dead-directions/dead-directions'
import { Command, CommanderError } from 'commander'
import { nuCommand } from './commands/nu.ts'
import { readCommand } from './commands/read.ts'
import { tableCommand } from './commands/table.ts'

/**
 * Runs the command line.
 *
 * @param argv arguments after `deaddir`
 * @returns the exit code: 0, 2 for bad input (one line on standard error), 1 for anything else
 */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    await program().parseAsync([...argv], { from: 'user' })
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (error instanceof BadInput || error instanceof RangeError) {
      process.stderr.write(`deaddir: ${error.message}\n`)
      return 2
    }
    process.stderr.write(`deaddir: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    return 1
  }
}

function program(): Command {
  return new Command('deaddir')
    .description('Dead directions of a checkpoint, and closed forms of singular learning theory.')
    .exitOverride()
    .showHelpAfterError('(--help shows the usage)')
    .addCommand(inheriting(readCommand()))
    .addCommand(inheriting(tableCommand()))
    .addCommand(inheriting(nuCommand()))
}

/** Commands made on their own do not take over the parent's way of ending. */
function inheriting(command: Command): Command {
  command.commands.forEach(inheriting)
  return command.exitOverride()
}
