// Runs TensorFlow.js's own op tests on this backend and fails when one fails, none ran or an exclusion is no longer needed.
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import Jasmine from 'jasmine'

const here = dirname(fileURLToPath(import.meta.url))
const outfile = join(here, '../../test-results/tfjs-core-tests.cjs')
const exclusions = JSON.parse(readFileSync(join(here, 'exclusions.json'), 'utf8'))
const specs = exclusions.specs.map(({ pattern, reason }) => ({ pattern: new RegExp(pattern), reason, used: 0 }))

await bundle()
const results = await runSpecs()
report(results)

async function bundle() {
  mkdirSync(dirname(outfile), { recursive: true })
  const require = createRequire(import.meta.url)
  await build({
    stdin: { contents: "import './entry.ts'; import '@tensorflow/tfjs-core/dist/tests'", resolveDir: here },
    outfile,
    bundle: true,
    ignoreAnnotations: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    conditions: ['@dead-directions/source'],
    // One copy of tfjs-core, and the copy of jasmine-core that jasmine itself runs.
    alias: {
      '@tensorflow/tfjs': '@tensorflow/tfjs-core',
      'jasmine-core': dirname(createRequire(require.resolve('jasmine')).resolve('jasmine-core/package.json')),
    },
    logLevel: 'error',
  })
}

async function runSpecs() {
  const runner = new Jasmine()
  const finished = []
  runner.exitOnCompletion = false
  runner.clearReporters()
  runner.addReporter({ specDone: result => finished.push(result) })
  runner.env.configure({
    random: false,
    specFilter: spec => {
      const excluded = specs.find(({ pattern }) => pattern.test(spec.getFullName()))
      if (excluded !== undefined) excluded.used++
      return excluded === undefined
    },
  })
  const printed = silence()
  await runner.execute([outfile])
  printed.restore()
  return finished
}

function silence() {
  const kept = { log: console.log, warn: console.warn, error: console.error }
  const nothing = () => {}
  Object.assign(console, { log: nothing, warn: nothing, error: nothing })
  return { restore: () => Object.assign(console, kept) }
}

function missingKernel({ failedExpectations }) {
  for (const { message } of failedExpectations) {
    const name = /[Kk]ernel '(\w+)' not registered for backend/.exec(message)?.[1]
    if (name !== undefined && name in exclusions.kernels) return name
  }
  return undefined
}

function report(finished) {
  const passed = finished.filter(({ status }) => status === 'passed').length
  const failures = finished.filter(({ status }) => status === 'failed')
  const unsupported = failures.filter(missingKernel)
  const failed = failures.filter(result => missingKernel(result) === undefined)
  for (const { fullName, failedExpectations } of failed) {
    console.log(`FAILED ${fullName}\n  ${failedExpectations[0]?.message.split('\n')[0]}`)
  }
  const unused = specs.filter(({ used }) => used === 0)
  for (const { pattern } of unused) console.log(`exclusion matches no spec: ${pattern.source}`)
  const excluded = specs.reduce((sum, { used }) => sum + used, 0)
  console.log(`ran ${passed + failed.length}, passed ${passed}, failed ${failed.length}, excluded ${excluded + unsupported.length}:`)
  for (const { used, reason } of specs) console.log(`  ${used} ${reason}`)
  const missing = unsupported.map(missingKernel)
  for (const name of new Set(missing)) {
    console.log(`  ${missing.filter(other => other === name).length} kernel ${name}: ${exclusions.kernels[name]}`)
  }
  const { known, registered } = globalThis.kernelCoverage
  const unexplained = known.filter(name => !registered.includes(name) && !(name in exclusions.kernels))
  const supported = Object.keys(exclusions.kernels).filter(name => registered.includes(name))
  for (const name of unexplained) console.log(`kernel ${name} is neither registered nor listed as unsupported`)
  for (const name of supported) console.log(`kernel ${name} is registered and listed as unsupported`)
  console.log(`kernels registered: ${registered.length} of ${known.length}`)
  const stale = unused.length + unexplained.length + supported.length
  process.exitCode = failed.length > 0 || passed === 0 || stale > 0 ? 1 : 0
}
