import { htmlReport, ladderChart, localSlopeChart, rateChart, type ReportSection, spectrumChart } from '@dead-directions/plot'
import type { ChannelReading, Curve, LayerReading, Report } from '@dead-directions/readout'

/**
 * A report as one self-contained page: totals, log–log plots of every channel, the K-FAC ladder and the spectra.
 *
 * @param document where charts are drawn: the browser's, or `nodeDocument()` of `@dead-directions/plot/node`
 * @returns the page's HTML; it asks for nothing over the network
 * @example
 * import { loadCheckpoint, readInputs, readout, reportPage } from '@dead-directions/dead-directions'
 * import { nodeDocument } from '@dead-directions/plot/node'
 *
 * const { network, parameters, backend } = await loadCheckpoint('runs/student')
 * const report = await readout(network, parameters, await readInputs('runs/student/inputs.npy', 4), backend)
 * const html = reportPage(report, { title: 'student', document: nodeDocument() })
 */
export function reportPage(report: Report, { title, document }: { readonly title: string; readonly document: Document }): string {
  const { total } = report
  return htmlReport({
    title,
    subtitle: `${report.samples} inputs, ${report.likelihood} likelihood, ${report.backend} backend in ${report.precision}; Fisher information: ${report.fisher}`,
    summary: [
      { label: 'λ', value: total?.lambda ?? 'not determined' },
      { label: 'm', value: total?.multiplicity ?? 'not determined' },
      { label: 'ν', value: total?.nu ?? 'not determined' },
      { label: 'rule', value: total?.rule ?? (report.missing as string) },
      ...report.gauges.map(({ kind, dimension }) => ({ label: `gauge: ${kind}`, value: `${dimension} directions set aside` })),
    ],
    warnings: report.warnings,
    sections: [directions(report), ...report.channels.map((channel, i) => channelSection(report, channel, i, document)), spectra(report, document)],
    data: report,
  })
}

function directions(report: Report): ReportSection {
  const rows = report.layers.flatMap(layer =>
    layer.directions.map(direction => [
      layer.name,
      direction.channel + 1,
      direction.klOrder === null ? 'refused' : `${direction.klOrder.toFixed(3)} ± ${(direction.standardError as number).toFixed(3)}`,
      direction.window === null ? '' : `${direction.window[0].toPrecision(2)} … ${direction.window[1].toPrecision(2)}`,
      direction.contribution ?? '',
      direction.activationRate?.toFixed(3) ?? '',
      direction.gradientRate?.toFixed(3) ?? '',
      direction.duality === null ? '' : direction.duality.klOrder.toFixed(3),
      direction.refused ?? '',
    ]),
  )
  return {
    heading: 'Dead directions by layer',
    paragraphs: [
      rows.length === 0
        ? 'The checkpoint is near no degeneration that its primitives know.'
        : 'k is the order of the whole channel a direction belongs to; 1/(2k) is what one transversal direction of that order adds to λ on a smooth fibre.',
    ],
    ...(rows.length === 0 ? {} : { table: { columns: ['layer', 'channel', 'k', 'window in t', '1/(2k)', 'activation rate', 'gradient rate', 'k from factors', 'refused because'], rows } }),
    charts: [],
  }
}

function channelSection(report: Report, channel: ChannelReading, index: number, document: Document): ReportSection {
  const [fisher, divergence, ...factors] = channel.curves as [Curve, Curve, ...Curve[]]
  const read = (reading: ChannelReading['klOrder']): string => (reading === null ? 'refused' : `${reading.value.toFixed(3)} ± ${reading.standardError.toFixed(3)}`)
  return {
    heading: `Channel ${index + 1}: ${channel.label}`,
    paragraphs: [
      `${channel.kind}, distance ${channel.distance.toPrecision(3)} of the living part; ${channel.length} map${channel.length === 1 ? '' : 's'} shrink${channel.length === 1 ? 's' : ''} along the path.`,
      `k = ${read(channel.klOrder)} (from the Fisher form ${read(channel.fromFisher)}, from the divergence ${read(channel.fromDivergence)}). ${channel.refused === null ? `Rule: ${channel.rule}.` : `Refused: ${channel.refused}.`}`,
    ],
    charts: [
      rateChart({ title: 'Fisher form and divergence along the path', xLabel: 'distance t from the singular point', yLabel: 'value', series: [series(fisher), series(divergence)] }, { document }),
      localSlopeChart({ title: 'Local slopes', series: [slopes(fisher), slopes(divergence)].filter(({ t }) => t.length > 0) }, { document }),
      ...(factors.length === 0 ? [] : [ladderChart({ title: 'Rates of the factors', layers: ladder(report.layers, index) }, { document })]),
    ],
  }
}

function ladder(layers: readonly LayerReading[], channel: number): Parameters<typeof ladderChart>[0]['layers'] {
  return layers.flatMap(layer =>
    layer.directions
      .filter(direction => direction.channel === channel)
      .slice(0, 1)
      .map(({ activationRate, gradientRate, predicted, standardError }) => ({
        name: layer.name,
        ...(activationRate === null ? {} : { activationRate: { value: activationRate, standardError: standardError ?? 0 } }),
        ...(gradientRate === null ? {} : { gradientRate: { value: gradientRate, standardError: standardError ?? 0 } }),
        predictedActivation: predicted.activationRate,
        predictedGradient: predicted.gradientRate,
      })),
  )
}

function series(curve: Curve): Parameters<typeof rateChart>[0]['series'][number] {
  const { rate, standardError, coefficient, window } = curve.fit ?? { rate: 0, standardError: 0, coefficient: 0, window: [0, 0] as const }
  return {
    name: curve.name,
    t: curve.t,
    values: curve.values,
    ...(curve.fit === null ? {} : { fit: { rate, standardError, coefficient, window: [window[0], window[1]] as [number, number] } }),
    floor: Math.max(...curve.floor),
  }
}

function slopes(curve: Curve): Parameters<typeof localSlopeChart>[0]['series'][number] {
  return {
    name: curve.name,
    t: curve.localSlopes.map(({ t }) => t),
    slopes: curve.localSlopes.map(({ slope }) => slope),
    ...(curve.fit === null ? {} : { predicted: Math.round(curve.fit.rate) }),
  }
}

function spectra(report: Report, document: Document): ReportSection {
  const layers = (side: 'activation' | 'gradient'): Parameters<typeof spectrumChart>[0]['layers'] =>
    report.layers.map(({ name, spectrum }) => ({ name, values: spectrum[side], floor: (spectrum[side][0] ?? 0) * report.epsilon }))
  return {
    heading: 'Spectra',
    paragraphs: ['Singular values of the data matrices at the checkpoint; their squares are the eigenvalues of the Kronecker factors.'],
    charts: [
      spectrumChart({ title: 'Activations', layers: layers('activation') }, { document }),
      spectrumChart({ title: 'Output gradients', layers: layers('gradient') }, { document }),
    ],
  }
}
