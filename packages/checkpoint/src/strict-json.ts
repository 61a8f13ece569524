import { BadInput } from '@dead-directions/registry'

const deepest = 64

/**
 * The value of UTF-8 JSON text in which no object repeats a key and nothing nests deeper than 64.
 *
 * @param bytes the text, for instance a safetensors header or `network.json`
 * @param field what to call it in an error
 * @throws BadInput naming the repeated key, or what the parser met
 * @example
 * import { parseJson } from '@dead-directions/checkpoint/bytes'
 * parseJson(new TextEncoder().encode('{"a": 1}'), 'settings.json') // { a: 1 }
 */
export function parseJson(bytes: Uint8Array, field: string): unknown {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new BadInput(field, 'bytes that are not UTF-8', 'UTF-8 text')
  }
  try {
    checkObjects(text, field)
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) throw new BadInput(field, error.message, 'JSON')
    throw error
  }
}

/** Walks the strings and brackets only: what else is wrong with the text is left to `JSON.parse`. */
function checkObjects(text: string, field: string): void {
  const open: Set<string>[] = []
  for (let i = 0; i < text.length; i++) {
    const character = text[i]
    if (character === '{' || character === '[') {
      if (open.push(new Set()) > deepest) throw new BadInput(field, `more than ${deepest} nested brackets`, `at most ${deepest}`)
    } else if (character === '}' || character === ']') {
      open.pop()
    } else if (character === '"') {
      const end = stringEnd(text, i)
      if (text[skipSpace(text, end)] === ':') addKey(open.at(-1), JSON.parse(text.slice(i, end)) as string, field)
      i = end - 1
    }
  }
}

function addKey(keys: Set<string> | undefined, key: string, field: string): void {
  if (keys?.has(key)) throw new BadInput(field, `the key ${key} twice`, 'each key once')
  keys?.add(key)
}

function stringEnd(text: string, start: number): number {
  let i = start + 1
  while (i < text.length && text[i] !== '"') i += text[i] === '\\' ? 2 : 1
  return i + 1
}

function skipSpace(text: string, start: number): number {
  let i = start
  while (text[i] === ' ' || text[i] === '\n' || text[i] === '\r' || text[i] === '\t') i++
  return i
}
