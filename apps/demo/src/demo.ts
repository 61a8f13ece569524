import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { initialParameters, loadCheckpoint, readInputs, readout, type Report, reportPage, writeCheckpoint, writeNpy } from '@dead-directions/dead-directions'
import { nodeDocument } from '@dead-directions/plot/node'
import type { KnownTruth } from './networks.ts'
import { train } from './train.ts'

/** What came of one network. */
export interface Outcome {
  readonly truth: KnownTruth
  /** Mean squared error on all samples before and after training. */
  readonly loss: { readonly before: number; readonly after: number }
  readonly report: Report
  /** Where its checkpoint and inputs are. */
  readonly folder: string
  /** Its report as an HTML page. */
  readonly page: string
}

/**
 * Trains a network of known truth, writes its checkpoint, inputs and report below `output`, and reads it back from there
 * as anybody would. Whatever an earlier run left is replaced. The backend must be installed.
 *
 * @param say takes the lines that follow the work
 */
export async function demonstrate(truth: KnownTruth, output: string, say: (line: string) => void): Promise<Outcome> {
  const folder = join(output, truth.name)
  const page = join(output, `${truth.name}.html`)
  say(`\n${truth.title}`)
  const loss = await trained(truth, folder, say)
  const report = await read(truth, folder, say)
  await writeFile(`${page}.part`, reportPage(report, { title: truth.title, document: nodeDocument() }))
  await rename(`${page}.part`, page)
  return { truth, loss, report, folder, page }
}

async function trained({ network, inputs, targets, seed, scale, training, name }: KnownTruth, folder: string, say: (line: string) => void): Promise<Outcome['loss']> {
  let before = NaN
  const { parameters, loss: after } = await train(network, initialParameters(network, seed, scale), inputs, targets, training, (done, loss) => {
    if (done === 0) before = loss
    if (done % 1000 === 0) say(`  training ${name}: step ${done} of ${training.steps}, mean squared error ${loss.toExponential(2)}`)
  })
  await writeCheckpoint(folder, { network: network.description, tensors: new Map(Object.entries(parameters)) })
  await writeNpy(join(folder, 'inputs.npy'), inputs.rows, inputs.cols, inputs.data)
  return { before, after }
}

async function read({ name }: KnownTruth, folder: string, say: (line: string) => void): Promise<Report> {
  const { network, parameters, backend } = await loadCheckpoint(folder)
  const inputs = await readInputs(join(folder, 'inputs.npy'), network.description.input[0] as number)
  let shown = ''
  return readout(network, parameters, inputs, backend, {
    onProgress(done, total, step) {
      if (step !== shown) say(`  reading ${name}: ${Math.round((100 * done) / total)}%, ${step}`)
      shown = step
    },
  })
}
