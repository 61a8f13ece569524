import { execFile } from 'node:child_process'
import { join } from 'node:path'

const docs = join(import.meta.dirname, '..')

/**
 * Builds the site into a folder, to be served under `base`.
 *
 * @throws Error with what VitePress printed when it fails
 */
export function buildSite(folder: string, base: string): Promise<void> {
  const vitepress = join(docs, 'node_modules', 'vitepress', 'bin', 'vitepress.js')
  const node = join(docs, '..', 'node_modules', '.bin', 'node')
  return new Promise((resolve, reject) => {
    execFile(node, [vitepress, 'build', '.', '--outDir', folder], { cwd: docs, env: { ...process.env, DOCS_BASE: base } }, (error, stdout, stderr) =>
      error === null ? resolve() : reject(new Error(`vitepress build: ${stderr.slice(-2000)} ${stdout.slice(-500)}`)),
    )
  })
}
