import type { BenchmarkResult, GrowthResult } from '@dead-directions/bench'
import { rateChart } from '@dead-directions/plot'
import { nodeDocument } from '@dead-directions/plot/node'
import { writeWhole } from './write-whole.ts'

/** The result that can be drawn: the first of times that grow. */
export function drawable(results: readonly BenchmarkResult[]): GrowthResult | undefined {
  return results.find(result => 'series' in result)
}

/** Writes times against sizes as a figure, each series with its power law. */
export async function writeGrowthChart(path: string, { name, series }: GrowthResult): Promise<void> {
  const drawn = series.map(({ name, points, powerLaw: { exponent, standardError, coefficient } }) => {
    const t = points.map(({ size }) => size)
    return { name, t, values: points.map(({ seconds }) => seconds.median), fit: { rate: exponent, standardError, coefficient, window: [t[0]!, t.at(-1)!] as const } }
  })
  const xLabel = [...new Set(series.map(({ variable }) => variable))].join(', or ')
  await writeWhole(path, rateChart({ title: `${name}: time against size`, xLabel, yLabel: 'time (s)', series: drawn }, { document: nodeDocument(), width: 640 }))
}
