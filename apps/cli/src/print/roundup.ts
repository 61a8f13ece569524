import type { Roundup } from '@dead-directions/dead-directions'
import Table from 'cli-table3'
import { fixed, size, withError } from './number-text.ts'

/** Prints probed rates for people: a row per node and quantity, and the kernels. */
export function printRoundup(result: Roundup, page?: string): void {
  process.stdout.write(`${roundupText(result)}\n${page === undefined ? '' : `report   ${page}\n`}`)
}

/** Probed rates as text. */
export function roundupText({ studies, kernels }: Roundup): string {
  const table = new Table({
    head: ['network', 'node', 'quantity', 'predicted', 'measured', 'window in t', ''],
    colAligns: ['left', 'left', 'left', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  })
  for (const { title, rows } of studies) {
    rows.forEach(({ node, quantity, predicted, measured, standardError, window, disagreement }, i) =>
      table.push([
        i === 0 ? title : '',
        node,
        quantity,
        predicted === null ? 'none' : fixed(predicted, 2),
        measured === null || standardError === null ? 'none' : withError(measured, standardError),
        window === null ? '' : `${size(window[0])} … ${size(window[1])}`,
        disagreement !== null ? '✗' : predicted !== null && measured === null ? 'below float64' : '✓',
      ]),
    )
  }
  const wrong = studies.flatMap(({ title, rows }) => rows.flatMap(({ node, quantity, disagreement }) => (disagreement === null ? [] : [`✗ ${title}, node ${node}, ${quantity}: ${disagreement}`])))
  return [table.toString(), ...wrong, ...kernels.map(kernelText)].join('\n')
}

function kernelText({ primitive, label, smallest, overlap }: Roundup['kernels'][number]): string {
  const variance = `least relative singular value of the centred output ${smallest.toExponential(1)}`
  return label === null ? `kernel   ${primitive}: none declared, ${variance}` : `kernel   ${primitive}: ${label}, ${variance}, overlap ${fixed(overlap ?? 0, 6)}`
}
