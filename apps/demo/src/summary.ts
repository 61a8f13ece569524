import { relative } from 'node:path'
import Table from 'cli-table3'
import type { Outcome } from './demo.ts'

/** What was read beside the closed forms, and where the files are, relative to `from`. */
export function summary(outcomes: readonly Outcome[], from: string): string {
  const table = new Table({
    head: ['network', 'reading', 'λ', 'closed form', 'm', 'closed form'],
    style: { head: [], border: [], compact: true },
    wordWrap: true,
  })
  for (const { truth, report } of outcomes) {
    const { lambda, multiplicity } = truth.expected
    table.push([truth.title, reading(report), report.total?.lambda ?? 'none', lambda, report.total?.multiplicity ?? 'none', multiplicity])
  }
  return [
    '',
    table.toString(),
    ...outcomes.map(({ truth }) => `closed form  ${truth.title}: ${truth.expected.source}`),
    '',
    ...outcomes.map(({ page }) => `report       ${relative(from, page)}`),
    ...outcomes.map(({ folder }) => `read again   npx deaddir read ${relative(from, folder)} --inputs ${relative(from, folder)}/inputs.npy`),
  ].join('\n')
}

function reading({ channels }: Outcome['report']): string {
  return channels.map(({ kind, klOrder, refused }) => `${kind}: ${klOrder === null ? `refused (${refused})` : `k = ${klOrder.value.toFixed(3)}`}`).join('\n')
}
