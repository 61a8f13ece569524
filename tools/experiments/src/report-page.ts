import { htmlReport } from '@dead-directions/plot'
import type { Experiment, Line, Summary } from './experiment.ts'

/** A summary as one HTML file with its charts, and the lines behind it for download. */
export function reportPage({ title, question }: Pick<Experiment, 'title' | 'question'>, { findings, sections }: Summary, lines: readonly Line[]): string {
  return htmlReport({
    title,
    subtitle: question,
    summary: [{ label: 'Cells', value: lines.length }],
    warnings: [],
    sections: [{ heading: 'Findings', paragraphs: findings, charts: [] }, ...sections],
    data: lines,
  })
}
