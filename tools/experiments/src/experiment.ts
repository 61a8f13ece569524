import type { ReportSection } from '@dead-directions/plot'

/** How large a study is. */
export interface Size {
  /** About a minute on one core. */
  readonly quick: boolean
  /** How many seeds, from 1 on; the experiment's own number where it is left out. */
  readonly seeds?: number
}

/** One finished cell, a line of the results file. */
export interface Line<C = object, R = unknown> {
  readonly cell: C
  readonly result: R
}

/** What the lines say together. */
export interface Summary {
  /** One sentence each, with numbers and their spread. */
  readonly findings: readonly string[]
  readonly sections: readonly ReportSection[]
}

/**
 * A study made of independent cells. A cell is plain data that says all that its result depends on, so that the same cell
 * gives the same result and a finished one need not run again.
 */
export interface Experiment<C extends object = object, R = unknown> {
  readonly name: string
  readonly title: string
  /** What is asked, in a sentence. */
  readonly question: string
  cells(size: Size): readonly C[]
  /** A few words that tell the cell from its neighbours. */
  label(cell: C): string
  /** @param onProgress called with the share done, 0 to 1, of a cell that takes long */
  run(cell: C, onProgress: (share: number) => void): Promise<R>
  summarise(lines: readonly Line<C, R>[]): Summary
}

/** The seeds 1, 2, … of a study. */
export function seedsOf({ quick, seeds }: Size, own: { readonly quick: number; readonly full: number }): readonly number[] {
  return Array.from({ length: seeds ?? (quick ? own.quick : own.full) }, (_, i) => i + 1)
}
