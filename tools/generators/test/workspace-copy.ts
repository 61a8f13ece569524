import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'

const workspace = resolve(import.meta.dirname, '..', '..', '..')

/** Commands of the workspace's own installation. */
export const commands: string = join(workspace, 'node_modules', '.bin')

/** What an installation or a test leaves behind; without the lock nx does not look for an installation. */
const made = new Set(['.git', '.nx', 'coverage', 'demo-output', 'node_modules', 'pnpm-lock.yaml', 'test-results'])

const packages = ['.', '{packages,apps,tools}/*', 'packages/*/*', 'docs', 'docs/examples/*']

/** A copy of the workspace's sources in a temporary folder. */
export interface WorkspaceCopy {
  readonly root: string
  /** Gives a package the links that an installation would make for its dependencies. */
  link(folder: string): void
  remove(): void
}

/** Copies the workspace and links it: packages to each other in the copy, third parties' to where the workspace has them. */
export function copyWorkspace(): WorkspaceCopy {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'workspace-')))
  // What is built comes along with its dates, so that only what is new or stale is built again.
  cpSync(workspace, root, { recursive: true, preserveTimestamps: true, filter: source => !made.has(basename(source)) })
  const folders = globSync(packages.map(pattern => `${pattern}/package.json`), { cwd: root }).map(path => dirname(path))
  const named = new Map(folders.map(folder => [manifest(root, folder).name, folder]))
  const link = (folder: string): void => {
    const { name, dependencies, devDependencies } = manifest(root, folder)
    named.set(name, folder)
    for (const dependency of Object.keys({ ...dependencies, ...devDependencies })) linkOne(root, folder, dependency, named.get(dependency))
  }
  for (const folder of folders) link(folder)
  return { root, link, remove: () => rmSync(root, { recursive: true, force: true }) }
}

function linkOne(root: string, folder: string, dependency: string, own: string | undefined): void {
  const place = join(root, folder, 'node_modules', dependency)
  const target = own === undefined ? installed(folder, dependency) : join(root, own)
  if (target === null || existsSync(place)) return
  mkdirSync(dirname(place), { recursive: true })
  symlinkSync(target, place, 'dir')
}

/** Where the workspace has a third party's package: at the folder itself, or for a generated one at a neighbour. */
function installed(folder: string, dependency: string): string | null {
  const places = [folder, join('packages', 'architectures', 'linear')].map(at => join(workspace, at, 'node_modules', dependency))
  const place = places.find(existsSync)
  const real = place === undefined ? null : realpathSync(place)
  return real !== null && relative(workspace, real).split(sep).includes('node_modules') ? real : null
}

function manifest(root: string, folder: string): { name: string; dependencies?: Record<string, string>; devDependencies?: Record<string, string> } {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
}
