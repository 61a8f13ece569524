import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { packageSlug, root, withSiteLinks } from '../.vitepress/outside-links.ts'

/** One page for every README of a package. */
const routes = {
  paths(): { params: { package: string }; content: string }[] {
    return globSync('{packages,packages/*,apps,tools,docs/examples}/*/README.md', { cwd: root, exclude: path => path.includes('node_modules') })
      .sort()
      .map(path => {
        const folder = join(root, dirname(path))
        return { params: { package: packageSlug(folder) }, content: withSiteLinks(readFileSync(join(root, path), 'utf8'), folder) }
      })
  },
}

export { routes as default }
