export function code(): string {
  return `import { loadCheckpoint, readInputs, readout } from '@dead-directions/dead-directions'

const { network, parameters, backend } = await loadCheckpoint('runs/student')
const report = await readout(network, parameters, await readInputs('runs/student/inputs.npy', 4), backend)
console.log(report.total ?? report.missing)
for (const { label, klOrder, refused } of report.channels) console.log(label, klOrder ?? refused)
`
}
