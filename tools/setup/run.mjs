// Runs a job on a machine with only Node and npm: installs and builds what it needs first.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findChromium } from './chromium.mjs'
import { printTestSummary } from './test-summary.mjs'

const root = join(import.meta.dirname, '..', '..')
const stamp = join(root, 'node_modules', '.installed-lockfile')
const pnpm = ['npx', '--yes', 'pnpm@12.21.0']

const jobs = {
  demo() {
    build()
    // The system's Node on purpose: published packages support it.
    run(process.execPath, ['apps/demo/dist/main.js', ...process.argv.slice(3)])
  },
  test() {
    build()
    run('nx', ['run-many', '-t', 'test', 'lint', 'test-tfjs-core', '--output-style=static'])
    const browser = findChromium()
    if (browser === undefined) console.log('browser tests: found no Chromium, expected one in its usual place or in the variable CHROMIUM: not run')
    else process.env.CHROMIUM = browser
    run('nx', ['run-many', '-t', 'test-backends', ...(browser === undefined ? [] : ['test-site']), '--output-style=static', '--parallel=1'])
    run(process.execPath, ['apps/cli/bin/deaddir.js', 'table', 'rrr', '5', '3', '5', '2', '--json'])
    printTestSummary(root)
  },
}

function install() {
  const lockfile = createHash('sha256').update(readFileSync(join(root, 'pnpm-lock.yaml'))).digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockfile) return
  console.log('installing dependencies')
  run(pnpm[0], [...pnpm.slice(1), 'install', '--frozen-lockfile'])
  writeFileSync(stamp, lockfile)
}

function build() {
  run(process.execPath, ['node_modules/typescript-native/bin/tsc', '-b'])
}

function run(command, args) {
  const bin = join(root, 'node_modules', '.bin')
  const separator = process.platform === 'win32' ? ';' : ':'
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, PATH: `${bin}${separator}${process.env.PATH}`, NX_DAEMON: 'false' },
  })
  if (error !== undefined) throw error
  if (status !== 0) process.exit(status ?? 1)
}

const job = jobs[process.argv[2]]
if (job === undefined) {
  console.error(`setup: got job ${JSON.stringify(process.argv[2])}, expected one of ${Object.keys(jobs).join(', ')}`)
  process.exit(2)
}
install()
job()
