import { cpus } from 'node:os'

/** What a reader needs to know about the machine behind a number. */
export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly node: string
  readonly platform: string
}

/**
 * The machine that this runs on.
 *
 * @example
 * import { describeMachine } from '@dead-directions/bench'
 *
 * describeMachine().node === process.version // true
 */
export function describeMachine(): Machine {
  const processors = cpus()
  return {
    cpu: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
  }
}
