import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'

/** The root of the workspace, of which the site shows `docs/` and the packages' READMEs. */
export const root: string = resolve(import.meta.dirname, '..', '..')

/** What a page of the site calls the package in a folder: its npm name without the scope. */
export function packageSlug(folder: string): string {
  const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name: string }
  return basename(name)
}

/**
 * Where a relative link leads on the site.
 *
 * @param folder the folder of the file that has the link
 * @returns the link as it is inside `docs/`, the page of a package's README or folder, or `null` for files that the site does not show
 */
export function siteLink(folder: string, target: string): string | null {
  if (/^([a-z]+:|#|\/)/.test(target)) return target
  const [path, heading] = target.split('#') as [string, string?]
  const file = resolve(folder, decodeURI(path))
  if (!existsSync(file)) return null
  const within = relative(join(root, 'docs'), file)
  const hash = heading === undefined ? '' : `#${heading}`
  if (!within.startsWith('..') && !within.startsWith('examples')) return folder.startsWith(join(root, 'docs')) ? target : `/${within}${hash}`
  if (file === root || file === join(root, 'README.md')) return `/${hash}`
  const owner = packageFolder(basename(file) === 'README.md' ? dirname(file) : file)
  return owner === null ? null : `/packages/${packageSlug(owner)}${hash}`
}

function packageFolder(path: string): string | null {
  if (path === root || !path.startsWith(root)) return null
  return existsSync(join(path, 'package.json')) && existsSync(join(path, 'README.md')) ? path : packageFolder(dirname(path))
}

/** A README with its links turned into those of the site. */
export function withSiteLinks(text: string, folder: string): string {
  return text.replace(/\[([^\]]*)\]\(([^)\s]+)\)/g, (whole, words: string, target: string) => {
    const link = siteLink(folder, target)
    return link === null ? words : whole.replace(`(${target})`, `(${link})`)
  })
}

interface Token {
  readonly type: string
  readonly children: Token[] | null
  attrGet(name: string): string | null
  attrSet(name: string, value: string): void
}

/** The part of markdown-it that is used. */
interface Markdown {
  readonly core: { readonly ruler: { push(name: string, rule: (state: { readonly tokens: Token[]; readonly env: { readonly path?: string } }) => void): void } }
}

/** Lets links of pages that leave `docs/` lead to the packages' pages; those to files that the site does not show become words. */
export function outsideLinks(markdown: Markdown): void {
  markdown.core.ruler.push('outside-links', ({ tokens, env }) => {
    const { path } = env
    if (path === undefined) return
    for (const token of tokens) {
      if (token.children !== null) redirect(token.children, dirname(path))
    }
  })
}

function redirect(children: Token[], folder: string): void {
  for (let i = 0; i < children.length; i++) {
    const token = children[i] as Token
    const target = token.type === 'link_open' ? token.attrGet('href') : null
    if (target === null) continue
    const link = siteLink(folder, target)
    if (link !== null) token.attrSet('href', link)
    else {
      const end = children.findIndex((other, j) => j > i && other.type === 'link_close')
      children.splice(end, 1)
      children.splice(i, 1)
      i--
    }
  }
}
