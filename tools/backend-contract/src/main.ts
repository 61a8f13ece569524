import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SuiteResult } from './contract.ts'
import { runInBrowser } from './in-browser.ts'
import type { Found } from './run-backends.ts'
import { contractTable } from './table.ts'

const root = join(import.meta.dirname, '..')
const browser = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

/** Chromium brings a Vulkan loader and a software driver, which Node's WebGPU can use where the machine has none. */
function softwareVulkan(): NodeJS.ProcessEnv {
  const folder = '/usr/lib/chromium'
  if (!existsSync(join(folder, 'vk_swiftshader_icd.json'))) return {}
  return { LD_LIBRARY_PATH: folder, VK_ICD_FILENAMES: join(folder, 'vk_swiftshader_icd.json'), XDG_RUNTIME_DIR: process.env['XDG_RUNTIME_DIR'] ?? '/tmp' }
}

function runInNode(): Found {
  const child = spawnSync(process.execPath, ['--conditions=@dead-directions/source', join(root, 'src', 'in-node.ts')], {
    env: { ...process.env, ...softwareVulkan() },
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  if (child.status !== 0) throw new Error(`the contract in Node ended with ${child.signal ?? child.status}`)
  return JSON.parse(child.stdout) as Found
}

process.stderr.write('backends in Node\n')
const found: (Found & { readonly where: string })[] = [{ where: 'Node', ...runInNode() }]
if (!existsSync(browser)) {
  process.stderr.write(`browser tests: got no Chromium at ${browser}, expected one there or where the variable CHROMIUM says: not run\n`)
} else {
  process.stderr.write('backends in Chromium\n')
  found.push({ where: 'Chromium', ...(await runInBrowser(browser)) })
}

const results: (SuiteResult & { readonly where: string })[] = found.flatMap(({ where, results }) => results.map(result => ({ where, ...result })))
const absent = found.flatMap(({ where, absent }) => absent.map(({ backend, reason }) => `${where}, ${backend}: ${reason}`))
const failures = results.flatMap(({ where, backend, suite, failures }) => failures.map(failure => `${where}, ${backend}, ${suite}, ${failure}`))
const passed = results.reduce((total, result) => total + result.passed, 0)

console.log(contractTable(results))
for (const line of absent) console.log(`not run: ${line}`)
for (const line of failures) console.error(line)
mkdirSync(join(root, 'test-results'), { recursive: true })
writeFileSync(join(root, 'test-results', 'contract.json'), JSON.stringify({ numPassedTests: passed, numFailedTests: failures.length, numPendingTests: absent.length }))
process.exitCode = failures.length === 0 && passed > 0 ? 0 : 1
