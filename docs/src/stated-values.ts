import ts from 'typescript'

/** A statement of a sample and the value that the comment behind it gives. */
export interface StatedValue {
  readonly expression: string
  readonly value: unknown
}

/**
 * The sample with every statement `expression // value` replaced by a check of that value, where the comment begins with
 * a number, a fraction, a text in quotes or a literal of JSON's kind.
 *
 * @returns the code to run, which calls `stated(value of the expression, what it should be, its text)`, and what it checks
 */
export function withStatedValues(code: string): { readonly code: string; readonly values: readonly StatedValue[] } {
  const file = ts.createSourceFile('sample.ts', code, ts.ScriptTarget.Latest, true)
  const found = file.statements.flatMap(statement => {
    if (!ts.isExpressionStatement(statement)) return []
    const comment = /^[ \t]*\/\/(.*)/.exec(code.slice(statement.end))?.[1]
    // What a printed line shows is words.
    const value = comment === undefined || statement.getText().startsWith('console.') ? undefined : literal(comment)
    return value === undefined ? [] : [{ statement, value }]
  })
  const changed = found.reduceRight((text, { statement, value }) => {
    const expression = statement.expression.getText()
    const call = `stated(${expression}, ${JSON.stringify(value)}, ${JSON.stringify(expression)})`
    return text.slice(0, statement.getStart()) + `;${call}` + text.slice(statement.end)
  }, code)
  return { code: changed, values: found.map(({ statement, value }) => ({ expression: statement.expression.getText(), value })) }
}

/** Whether a value is what was stated: numbers to a part in 10⁹, typed arrays as lists, objects by the keys stated. */
export function isAsStated(value: unknown, stated: unknown): boolean {
  if (typeof stated === 'number') return typeof value === 'number' && Math.abs(value - stated) <= 1e-9 * Math.abs(stated)
  if (stated === null || typeof stated !== 'object') return value === stated
  if (value === null || typeof value !== 'object') return false
  if (Array.isArray(stated)) {
    const list = Array.from(value as ArrayLike<unknown>)
    return list.length === stated.length && stated.every((entry, i) => isAsStated(list[i], entry))
  }
  return Object.entries(stated).every(([key, entry]) => isAsStated((value as Readonly<Record<string, unknown>>)[key], entry))
}

/** The value at the start of a comment, or `undefined` where it is words, a formula or a bare power of ten, which is a magnitude. */
function literal(comment: string): unknown {
  const text = comment.trim()
  const number = /^(-?\d+(?:\.\d+(?:e[-+]?\d+)?)?)(?:\/(\d+))?(?=$|[,;:]|\.$)/.exec(text)
  if (number !== null) return Number(number[1]) / Number(number[2] ?? 1)
  const json = /^(?:Float64Array ?)?(\[.*?\](?!.*\])|\{.*\}|'[^']*'|"[^"]*"|true\b|false\b|null\b)/.exec(text)?.[1]
  if (json === undefined) return undefined
  try {
    return JSON.parse(json.replaceAll("'", '"').replace(/(\{ ?|, ?)(\w+):/g, '$1"$2":'))
  } catch {
    return undefined
  }
}
