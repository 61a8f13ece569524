import type { DroppedFile, Line, OfferedPage, Picture } from './reading.ts'
import type { State } from './state.ts'

/** What the page asks of the worker. */
export type Request =
  | { readonly kind: 'compute'; readonly id: number; readonly demo: string; readonly state: State; readonly width: number; readonly files: readonly DroppedFile[] }
  | { readonly kind: 'cancel' }

/** A reading, drawn. */
export interface Shown {
  readonly lines: readonly Line[]
  readonly notes: readonly string[]
  readonly page: OfferedPage | null
  readonly pictures: readonly Picture[]
}

/** What the worker answers. */
export type Answer =
  | { readonly kind: 'progress'; readonly id: number; readonly done: number; readonly of: number; readonly partial: Shown | null }
  | { readonly kind: 'done'; readonly id: number; readonly shown: Shown }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
  | { readonly kind: 'cancelled'; readonly id: number }
