import type { Command, CommanderError } from 'commander'

/** Has a command and those below it end by throwing, with nothing written but help that was asked for. */
export function throwing(command: Command): Command {
  command.commands.forEach(throwing)
  return command
    .configureOutput({ writeErr: () => {} })
    .exitOverride(error => {
      throw error.exitCode === 0 ? error : new RangeError(usageLine(command, error))
    })
}

/** A wrong command line in one line: what is wrong with it, and what the command that refused it expects. */
function usageLine(command: Command, { code, message }: CommanderError): string {
  const names = command.commands.map(child => child.name())
  if (code === 'commander.help') return `command: got nothing, expected ${path(command)} followed by ${names.join(' or ')}`
  const wrong = message.replace(/^error: /, '').replaceAll('\n', ' ').replace(/\.$/, '')
  const expected = names.length > 0 ? `one of ${names.join(', ')}` : `${path(command)} ${command.usage()}`
  return `${wrong}; expected ${expected}`
}

function path(command: Command): string {
  return command.parent === null ? command.name() : `${path(command.parent)} ${command.name()}`
}
