import { parseArgs } from 'node:util'
import { runBenchmark } from './benchmark.ts'
import { benchmarks } from './benchmarks.ts'
import { describeMachine } from './machine.ts'
import { formatTable } from './table.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, rounds: { type: 'string' } },
})
const chosen = benchmarks.filter(({ name }) => positionals.every(word => name.includes(word)))
if (chosen.length === 0) {
  const names = benchmarks.map(({ name }) => name).join(', ')
  console.error(`bench: no benchmark is called "${positionals.join(' ')}", expected part of ${names}`)
  process.exitCode = 1
}
const machine = describeMachine()
if (!values.json) console.log(`${machine.cpu}, ${machine.cores} cores, ${machine.platform}, Node ${machine.node}`)
const results = []
for (const benchmark of chosen) {
  const result = await runBenchmark(benchmark, values.rounds === undefined ? undefined : Number(values.rounds))
  results.push(result)
  if (!values.json) console.log(`\n${formatTable(result)}`)
}
if (values.json) console.log(JSON.stringify({ machine, results }, undefined, 2))
