import { type } from 'arktype'

/**
 * Input from outside that cannot be used: one line with the field, what came and what was expected.
 * The command line prints its message and exits with code 2.
 */
export class BadInput extends Error {
  override readonly name = 'BadInput'
  readonly field: string

  constructor(field: string, came: unknown, expected: string) {
    super(`${field}: got ${describe(came)}, expected ${expected}`)
    this.field = field
  }
}

/** `value` checked against an arktype schema, or a {@link BadInput} that names the first wrong field below `field`. */
export function checked<t>(schema: { (value: unknown): t | type.errors }, value: unknown, field: string): t {
  const result = schema(value)
  if (!(result instanceof type.errors)) return result as t
  const [first] = result
  const path = first === undefined || first.path.length === 0 ? field : `${field}.${first.path.join('.')}`
  throw new BadInput(path, first?.code === 'required' ? undefined : first?.data, first?.expected ?? result.summary)
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = typeof value === 'string' ? JSON.stringify(value) : typeof value === 'object' ? JSON.stringify(value) : String(value)
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}
