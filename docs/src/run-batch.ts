// The process that `runSamples` starts: imports the samples of one list in turn and notes what came of each.
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as tf from '@tensorflow/tfjs'
import { isAsStated } from './stated-values.ts'

const path = process.argv[2] as string
const { files, fixture } = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as { files: readonly string[]; fixture: string }

Object.assign(globalThis, {
  stated(value: unknown, expected: unknown, expression: string): void {
    if (!isAsStated(value, expected)) throw new Error(`${expression}: got ${JSON.stringify(value)}, the comment says ${JSON.stringify(expected)}`)
  },
})
// What samples print is nobody's result.
process.stdout.write = () => true

for (const file of files) {
  const folder = mkdtempSync(join(tmpdir(), 'sample-'))
  cpSync(fixture, folder, { recursive: true })
  process.chdir(folder)
  // Each starts with the backend that TensorFlow.js has on its own, not with what the one before it installed.
  await tf.setBackend('cpu')
  let error: string | null = null
  try {
    await import(pathToFileURL(file).href)
  } catch (thrown) {
    error = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)
  }
  appendFileSync(`${path}.out`, `${JSON.stringify({ file, error })}\n`)
  process.chdir(tmpdir())
  rmSync(folder, { recursive: true })
}
