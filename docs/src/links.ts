import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The links of a page that lead nowhere: files that are not there, headings that the target does not have. */
export function brokenLinks(root: string, path: string): readonly string[] {
  const text = withoutCode(readFileSync(join(root, path), 'utf8'))
  const targets = Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), match => match[1] as string)
  return targets.filter(target => !/^[a-z]+:/.test(target)).filter(target => {
    const [file, heading] = target.split('#') as [string, string?]
    const place = file === '' ? join(root, path) : join(root, dirname(path), file)
    if (!existsSync(place)) return true
    return heading !== undefined && !headings(readFileSync(place, 'utf8')).includes(heading)
  })
}

/** How many links to files and headings of the workspace a page has. */
export function linkCount(root: string, path: string): number {
  return Array.from(withoutCode(readFileSync(join(root, path), 'utf8')).matchAll(/\]\((?![a-z]+:)[^)\s]+\)/g)).length
}

/** The anchors that a page's headings get. */
function headings(text: string): readonly string[] {
  return Array.from(withoutCode(text).matchAll(/^#+ +(.+)$/gm), match =>
    (match[1] as string).toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').trim().replaceAll(' ', '-'),
  )
}

function withoutCode(text: string): string {
  return text.replace(/^```.*?^```/gms, '')
}
