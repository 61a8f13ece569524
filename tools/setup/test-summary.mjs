import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const groups = ['packages', 'packages/architectures', 'packages/backends', 'packages/optimizers', 'apps', 'tools', '.']

/** Adds up what every package's test runner reported; fails when nothing ran or anything failed. */
export function printTestSummary(root) {
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const file of reports(root)) {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(file, 'utf8'))
    total.passed += numPassedTests
    total.failed += numFailedTests
    total.skipped += numPendingTests
  }
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
  if (total.passed === 0 || total.failed > 0) process.exit(1)
}

function reports(root) {
  return groups
    .filter(group => existsSync(join(root, group)))
    .flatMap(group => readdirSync(join(root, group)).map(name => join(root, group, name, 'test-results')))
    .filter(folder => existsSync(folder))
    .flatMap(folder => readdirSync(folder).filter(name => name.endsWith('.json')).map(name => join(folder, name)))
}
