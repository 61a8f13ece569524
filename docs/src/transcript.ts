/** A command that a page shows with all that it prints. */
export interface Transcript {
  /** Arguments after `deaddir`. */
  readonly argv: readonly string[]
  readonly output: string
}

/** The commands `$ npx deaddir …` in a page's fenced blocks, each with the lines up to a blank one. */
export function transcriptsOf(text: string): readonly Transcript[] {
  return Array.from(text.matchAll(/^\$ npx deaddir (.+)\n((?:(?!```).+\n)+)/gm), match => ({
    argv: ((match[1] as string).match(/"[^"]*"|\S+/g) ?? []).map(word => word.replace(/^"|"$/g, '')),
    output: match[2] as string,
  }))
}
