import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { packageSlug, root } from '../.vitepress/outside-links.ts'

/** What the list of packages shows of one. */
export interface ListedPackage {
  readonly slug: string
  readonly description: string
}

/** Read by VitePress at build. */
const loader = {
  load(): ListedPackage[] {
    return globSync('{packages,packages/*}/*/README.md', { cwd: root, exclude: path => path.includes('node_modules') }).sort().map(path => {
      const folder = join(root, dirname(path))
      const { description } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { description: string }
      return { slug: packageSlug(folder), description }
    })
  },
}

export { loader as default }
