import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DemoMeta } from './shell/meta-schema.ts'

/** What the gallery shows of a demo. */
export interface ListedDemo {
  readonly name: string
  readonly title: string
  readonly summary: string
  readonly rows: string
}

/** Read by VitePress at build, in the order of the pages. */
const loader = {
  async load(): Promise<ListedDemo[]> {
    const pages = globSync('*/index.md', { cwd: import.meta.dirname })
    const listed = await Promise.all(
      pages.map(async page => {
        const name = page.split(/[\\/]/)[0] as string
        const { meta } = (await import(join(import.meta.dirname, name, 'meta.ts'))) as { meta: DemoMeta }
        const order = Number(/^order: (\d+)$/m.exec(readFileSync(join(import.meta.dirname, page), 'utf8'))?.[1])
        return { order, name, title: meta.title, summary: meta.summary, rows: meta.rows }
      }),
    )
    return listed.sort((a, b) => a.order - b.order).map(({ name, title, summary, rows }) => ({ name, title, summary, rows }))
  },
}

export { loader as default }
