import { vi } from 'vitest'
import { main } from '../src/main.ts'

/** What a run of the command line gave. */
export interface Run {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs the command line in this process and catches what it writes. */
export async function run(...argv: readonly string[]): Promise<Run> {
  const caught = { out: '', err: '' }
  const spies = (['out', 'err'] as const).map(name =>
    vi.spyOn(name === 'out' ? process.stdout : process.stderr, 'write').mockImplementation(text => {
      caught[name] += String(text)
      return true
    }),
  )
  try {
    const code = await main(argv)
    return { code, ...caught }
  } finally {
    spies.forEach(spy => spy.mockRestore())
  }
}
