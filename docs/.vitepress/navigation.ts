import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const docs = join(import.meta.dirname, '..')

/** An entry of the navigation. */
export interface Entry {
  readonly text: string
  readonly link: string
}

/** Guide pages in the order in which they are read; those not listed follow in alphabetical order. */
const guideOrder = ['reading-a-checkpoint', 'command-line', 'network-json', 'choosing-a-backend', 'training', 'experiments', 'trajectories', 'volumes', 'llc', 'known-answers', 'signatures']
const theoryOrder = ['core-geometry', 'selection-rule', 'kfac-rates', 'composition', 'quotient-and-optimizers', 'equivariant-optimizers', 'readout']

/** The pages of a folder, named by their first heading. */
export function pagesOf(folder: string, order: readonly string[]): Entry[] {
  const names = globSync('*.md', { cwd: join(docs, folder) }).map(file => file.replace('.md', '')).filter(name => name !== 'index')
  const place = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length)
  return names.sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1)).map(name => ({ text: heading(`${folder}/${name}.md`), link: `/${folder}/${name}` }))
}

/** Every demo, in the order of the theory's rows. */
export function demoPages(): Entry[] {
  const metas = globSync('demos/*/index.md', { cwd: docs })
  return metas.map(path => ({ order: order(path), text: heading(path), link: `/${path.replace('index.md', '')}` })).sort((a, b) => a.order - b.order).map(({ text, link }) => ({ text, link }))
}

function order(path: string): number {
  return Number(/^order: (\d+)$/m.exec(readFileSync(join(docs, path), 'utf8'))?.[1] ?? 99)
}

function heading(path: string): string {
  const found = /^# (.+)$/m.exec(readFileSync(join(docs, path), 'utf8'))?.[1]
  if (found === undefined) throw new RangeError(`${path}: got no first heading, expected one`)
  return found.replaceAll('`', '')
}

/** The guide without the page that the part on plugins begins with. */
export const guidePages: () => Entry[] = () => pagesOf('guide', guideOrder).filter(({ link }) => link !== '/guide/your-own-primitive')
export const theoryPages: () => Entry[] = () => pagesOf('theory', theoryOrder)

/** The API reference, one page a package, which is generated before a build and is not there without it. */
export function apiPages(): Entry[] {
  return globSync('api/@dead-directions/*.md', { cwd: docs }).sort().map(path => ({ text: path.replace(/^.*[\\/]|\.md$/g, ''), link: `/${path.replaceAll('\\', '/').replace('.md', '')}` }))
}
