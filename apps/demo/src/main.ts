import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { initialParameters, loadCheckpoint, nodeBackend, readInputs, readout, type Report, reportPage, writeCheckpoint, writeNpy } from '@dead-directions/dead-directions'
import { nodeDocument } from '@dead-directions/plot/node'
import Table from 'cli-table3'
import { type KnownTruth, knownTruths } from './networks.ts'
import { train } from './train.ts'

/** Where checkpoints and reports go, below the folder the demo is started in. */
const OUTPUT = resolve('demo-output')

await nodeBackend.install()
const table = new Table({ head: ['network', 'reading', 'λ', 'closed form', 'm', 'closed form'], style: { head: [], border: [] } })
const pages: string[] = []
for (const truth of knownTruths()) {
  const folder = join(OUTPUT, truth.name)
  await trained(truth, folder)
  const report = await read(truth, folder)
  const page = join(OUTPUT, `${truth.name}.html`)
  await writeFile(`${page}.part`, reportPage(report, { title: truth.title, document: nodeDocument() }))
  await rename(`${page}.part`, page)
  pages.push(relative('.', page))
  const { expected } = truth
  table.push([truth.title, summary(report), report.total?.lambda ?? 'none', `${expected.lambda} (${expected.source})`, report.total?.multiplicity ?? 'none', expected.multiplicity])
}
console.log(table.toString())
console.log(`checkpoints  ${relative('.', OUTPUT)}/*/network.json, read again with: npx deaddir read demo-output/tanh-student --inputs demo-output/tanh-student/inputs.npy`)
console.log(`reports      ${pages.join('  ')}`)

/** Trains the network and writes its checkpoint and inputs. */
async function trained({ network, inputs, targets, seed, scale, training, title, name }: KnownTruth, folder: string): Promise<void> {
  console.log(`\n${title}`)
  const { parameters } = await train(network, initialParameters(network, seed, scale), inputs, targets, training, (done, loss) => {
    if (done % 1000 === 0) console.log(`  training ${name}: step ${done} of ${training.steps}, mean squared error ${loss.toExponential(2)}`)
  })
  await mkdir(folder, { recursive: true })
  await writeCheckpoint(folder, { network: network.description, tensors: new Map(Object.entries(parameters)) })
  await writeNpy(join(folder, 'inputs.npy'), inputs.rows, inputs.cols, inputs.data)
}

/** Reads the checkpoint back from its folder, as a user would. */
async function read({ name }: KnownTruth, folder: string): Promise<Report> {
  const { network, parameters, backend } = await loadCheckpoint(folder)
  const inputs = await readInputs(join(folder, 'inputs.npy'), network.description.input[0] as number)
  let shown = ''
  return readout(network, parameters, inputs, backend, {
    onProgress(done, total, step) {
      if (step !== shown) console.log(`  reading ${name}: ${Math.round((100 * done) / total)}%, ${step}`)
      shown = step
    },
  })
}

function summary(report: Report): string {
  return report.channels.map(({ kind, klOrder, refused }) => `${kind}: ${klOrder === null ? `refused (${refused})` : `k = ${klOrder.value.toFixed(3)} ± ${klOrder.standardError.toFixed(3)}`}`).join('\n')
}
