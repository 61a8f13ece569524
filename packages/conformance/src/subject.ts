import type { Network, ParameterValues } from '@dead-directions/network'

/** What is looked at: a network and its parameters. */
export interface Subject {
  readonly network: Network
  readonly parameters: ParameterValues
  /** Where the inputs are whole numbers, how many there are. */
  readonly tokens?: number
}
