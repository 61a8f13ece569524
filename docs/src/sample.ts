import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A piece of TypeScript that a page or a docstring shows. */
export interface Sample {
  /** File below the workspace's root and first line of the code, `README.md:12`. */
  readonly source: string
  readonly code: string
  /** Whether it is marked as a part of something larger, which is neither checked nor run. */
  readonly fragment: boolean
}

const pages = ['*.md', 'docs/*.md', 'docs/*/*.md', 'docs/demos/*/*.md', '{packages,packages/*,apps,tools}/*/README.md']
const sources = ['{packages,packages/*}/*/src/**/*.ts']

/** Every sample of the workspace at `root`: fenced `ts` blocks of its pages and `@example`s of its docstrings. */
export function findSamples(root: string): readonly Sample[] {
  const inSources = workspaceFiles(root, sources).filter(path => !path.endsWith('.test.ts'))
  return [
    ...findPages(root).flatMap(path => samplesOfPage(readFileSync(join(root, path), 'utf8'), path)),
    ...inSources.flatMap(path => samplesOfSource(readFileSync(join(root, path), 'utf8'), path)),
  ]
}

/** The Markdown pages of the workspace, below its root. */
export function findPages(root: string): readonly string[] {
  return workspaceFiles(root, pages)
}

/** The fenced `ts` blocks of a Markdown page; `ts fragment` marks one that is only shown. */
export function samplesOfPage(text: string, path: string): readonly Sample[] {
  return Array.from(text.matchAll(/^```ts\b([^\n]*)\n(.*?)^```/gms), match => ({
    source: `${path}:${lineOf(text, match.index) + 1}`,
    code: match[2] as string,
    fragment: (match[1] as string).trim() === 'fragment',
  }))
}

/** The `@example`s of a source file's docstrings, each up to the next tag. */
export function samplesOfSource(text: string, path: string): readonly Sample[] {
  return Array.from(text.matchAll(/^ *\/\*\*.*?\*\//gms)).flatMap(docstring =>
    Array.from(docstring[0].matchAll(/^ *\* @example *\n(.*?)(?=^ *\* @[a-z]+\b|^ *\*\/)/gms), match => ({
      source: `${path}:${lineOf(text, docstring.index + match.index) + 1}`,
      ...unfenced((match[1] as string).replace(/^ *\* ?/gm, '')),
    })),
  )
}

/** Docstrings may fence their example or leave the fence out. */
function unfenced(text: string): Pick<Sample, 'code' | 'fragment'> {
  const fenced = samplesOfPage(text, '')[0]
  return fenced === undefined ? { code: text, fragment: false } : { code: `\n${fenced.code}`, fragment: fenced.fragment }
}

function workspaceFiles(root: string, patterns: readonly string[]): readonly string[] {
  return globSync(patterns, { cwd: root, exclude: path => /node_modules|dist|CHANGELOG|docs.api/.test(path) }).sort()
}

function lineOf(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}
