import { styleText } from 'node:util'
import type { Report } from '@dead-directions/dead-directions'
import Table from 'cli-table3'

/** Prints a report for people: directions by layer, channels, totals, and what could not be said. */
export function printReport(report: Report, page?: string): void {
  const directions = report.layers.flatMap(layer => layer.directions.map(direction => ({ layer: layer.name, ...direction })))
  const lines = [
    `${report.samples} inputs, ${report.likelihood} likelihood, ${report.backend} backend (${report.precision}, precision floor ${report.epsilon.toExponential(1)} relative)`,
    '',
    directions.length === 0 ? 'Near no degeneration that its primitives know.' : directionTable(directions),
    ...report.channels.map((channel, i) => {
      const verdict = channel.refused === null ? `${channel.rule}; from F ${shown(channel.fromFisher)}, from K ${shown(channel.fromDivergence)}` : styleText('yellow', `refused: ${channel.refused}`)
      return `${String(i + 1).padStart(3)}  ${channel.label}: distance ${channel.distance.toPrecision(2)}, ${verdict}`
    }),
    '',
    ...report.gauges.map(({ kind, dimension }) => `gauge  ${kind}: ${dimension} directions set aside`),
    ...total(report),
    ...report.warnings.map(warning => styleText('yellow', `warning  ${warning}`)),
    ...(page === undefined ? [] : [`report  ${page}`]),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

function directionTable(directions: readonly ({ layer: string } & Report['layers'][number]['directions'][number])[]): string {
  const table = new Table({
    head: ['layer', 'channel', 'k', 'window in t', '1/(2k)', 'ν', 'A rate', 'G rate', 'k from A·G'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  })
  for (const { layer, channel, klOrder, standardError, window, contribution, nu, activationRate, gradientRate, duality, refused } of directions) {
    table.push([
      layer,
      channel + 1,
      klOrder === null ? `refused${refused === null ? '' : ' *'}` : `${klOrder.toFixed(3)} ± ${(standardError as number).toFixed(3)}`,
      window === null ? '' : `${window[0].toPrecision(2)} … ${window[1].toPrecision(2)}`,
      contribution?.toFixed(4) ?? '',
      nu?.toFixed(4) ?? '',
      activationRate?.toFixed(3) ?? '',
      gradientRate?.toFixed(3) ?? '',
      duality === null ? '' : duality.klOrder.toFixed(3),
    ])
  }
  const reasons = [...new Set(directions.flatMap(({ layer, refused }) => (refused === null ? [] : [`  * ${layer}: ${refused}`])))]
  return [table.toString(), ...reasons].join('\n')
}

function total({ total, missing }: Report): readonly string[] {
  if (total === null) return [styleText('bold', 'total  not determined: ') + (missing as string)]
  return [styleText('bold', `total  λ = ${total.lambda}, m = ${total.multiplicity}, ν ${total.nu === null ? 'has no closed form here' : `= ${total.nu.toFixed(6)}`}`), `       ${total.rule}`]
}

function shown(reading: Report['channels'][number]['klOrder']): string {
  return reading === null ? 'not readable' : `${reading.value.toFixed(3)} ± ${reading.standardError.toFixed(3)}`
}
