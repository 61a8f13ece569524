import type { ReportTable } from '@dead-directions/plot'
import type { Experiment, Summary } from './experiment.ts'

/** A summary as plain text: findings, then every table in aligned columns. */
export function reportText({ title, question }: Pick<Experiment, 'title' | 'question'>, { findings, sections }: Summary): string {
  const tables = sections.flatMap(({ heading, paragraphs, table }) => [heading, ...paragraphs, ...(table === undefined ? [] : [aligned(table)]), ''])
  return `${[title, question, '', ...findings.map(finding => `- ${finding}`), '', ...tables].join('\n').trimEnd()}\n`
}

function aligned({ columns, rows }: ReportTable): string {
  const cells = [columns, ...rows].map(row => row.map(String))
  const widths = columns.map((_, column) => Math.max(...cells.map(row => (row[column] as string).length)))
  return cells.map(row => row.map((cell, column) => cell.padEnd(widths[column] as number)).join('  ').trimEnd()).join('\n')
}
