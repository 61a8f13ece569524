export function code(): string {
  return `import { writeFile } from 'node:fs/promises'
import { loadCheckpoint, readInputs, readout, reportPage } from '@dead-directions/dead-directions'
import { nodeDocument } from '@dead-directions/plot/node'

const { network, parameters, backend } = await loadCheckpoint('runs/student')
const report = await readout(network, parameters, await readInputs('runs/student/inputs.npy', 4), backend)
console.log(report.total ?? report.missing)
for (const { label, klOrder, refused } of report.channels) console.log(label, klOrder ?? refused)
await writeFile('report.html', reportPage(report, { title: 'student', document: nodeDocument() }))
`
}
