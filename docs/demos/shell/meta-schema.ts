import { type } from 'arktype'

const named = type({ name: /^[a-z][A-Za-z0-9]*$/, label: 'string >= 1' })

const numeric = named.and({
  kind: "'number'",
  min: 'number',
  max: 'number',
  /** Distance of two neighbouring values; on a logarithmic scale in decades. */
  step: 'number > 0',
  'scale?': "'linear' | 'log'",
  default: 'number',
})
const choice = named.and({ kind: "'choice'", options: type({ value: 'string', label: 'string >= 1' }).array().atLeastLength(2), default: 'string' })
const toggle = named.and({ kind: "'toggle'", default: 'boolean' })
const text = named.and({ kind: "'text'", default: 'string', longest: 'number.integer > 0' })
const seed = named.and({ kind: "'seed'", default: 'number.integer >= 0' })

/** What a demo's `meta.ts` has to say. */
export const metaSchema = type({
  /** Its folder's name. */
  name: /^[a-z][a-z-]*$/,
  title: 'string >= 1',
  /** One sentence: what moves, and what to watch. */
  summary: 'string >= 20',
  /** Rows of arXiv 2606.05957 that it shows. */
  rows: 'string >= 1',
  parameters: type.or(numeric, choice, toggle, text, seed).array(),
  /** The number that play and step move. */
  play: { parameter: 'string', 'backwards?': 'boolean', 'period?': 'number >= 100' },
  /** Whether it has one picture only, which may be as wide as the page. */
  'single?': 'boolean',
  /** Whether it reads files that the reader drops. */
  'files?': 'boolean',
})

/** A demo's metadata. */
export type DemoMeta = typeof metaSchema.infer
/** A control of a demo. */
export type Parameter = DemoMeta['parameters'][number]
