import type { Roundup } from '@dead-directions/conformance'
import { agreementChart, htmlReport, ladderChart, type ReportSection } from '@dead-directions/plot'

/**
 * Probed rates as one self-contained page: predicted beside measured for every node, a figure per network.
 *
 * @param document where charts are drawn: the browser's, or `nodeDocument()` of `@dead-directions/plot/node`
 * @returns the page's HTML; it asks for nothing over the network
 * @example
 * import { presetRegistry, probePage, roundup } from '@dead-directions/dead-directions'
 * import { nodeDocument } from '@dead-directions/plot/node'
 * await presetRegistry().backend('node').install()
 * const result = await roundup([presetRegistry().architecture('linear')], presetRegistry(), 4)
 * const html = probePage(result, { title: 'linear', document: nodeDocument() })
 */
export function probePage({ studies, kernels }: Roundup, { title, document }: { readonly title: string; readonly document: Document }): string {
  const rows = studies.flatMap(study => study.rows)
  const wrong = rows.filter(({ disagreement }) => disagreement !== null)
  return htmlReport({
    title,
    subtitle: 'Rates of the dead channel on the canonical approach: as the rules predict them, and measured in float64.',
    summary: [
      { label: 'networks', value: studies.length },
      { label: 'rates', value: rows.length },
      { label: 'that disagree', value: wrong.length },
    ],
    warnings: wrong.map(({ node, quantity, disagreement }) => `${node}, ${quantity}: ${disagreement}`),
    sections: [roundupSection(rows, document), ...studies.map(study => studySection(study, document)), ...(kernels.length === 0 ? [] : [kernelSection(kernels)])],
    data: { studies, kernels },
  })
}

function roundupSection(rows: Roundup['studies'][number]['rows'], document: Document): ReportSection {
  const series = (['forward', 'backward'] as const).map(name => ({
    name,
    points: rows
      .filter(row => row.quantity === name)
      .map(({ node, predicted, measured, standardError }) => ({ label: node, predicted: predicted ?? NaN, measured: measured ?? NaN, standardError: standardError ?? 0 })),
  }))
  return {
    heading: 'Predicted and measured',
    paragraphs: ['Every rate of every network in one figure. Rates that are not predicted or could not be measured are counted below it.'],
    charts: [agreementChart({ title: 'All rates', quantity: 'rate', series }, { document })],
  }
}

function studySection({ title, rows }: Roundup['studies'][number], document: Document): ReportSection {
  const nodes = [...new Set(rows.map(({ node }) => node))]
  const layers = nodes.map(name => {
    const forward = rows.find(({ node, quantity }) => node === name && quantity === 'forward')
    const backward = rows.find(({ node, quantity }) => node === name && quantity === 'backward')
    return {
      name,
      // The figure compares second moments, so a forward amplitude counts twice.
      ...(forward?.measured == null ? {} : { activationRate: { value: 2 * forward.measured, standardError: 2 * (forward.standardError ?? 0) } }),
      ...(backward?.measured == null ? {} : { gradientRate: { value: backward.measured, standardError: backward.standardError ?? 0 } }),
      ...(forward?.predicted == null ? {} : { predictedActivation: 2 * forward.predicted }),
      ...(backward?.predicted == null ? {} : { predictedGradient: backward.predicted }),
    }
  })
  return {
    heading: title,
    paragraphs: ['Forward rows give the power of t in the dead output, backward rows the rate of the second moment of the gradient at it; the figure shows second moments of both.'],
    table: {
      columns: ['node', 'quantity', 'predicted', 'measured', 'standard error', 'window', 'disagreement'],
      rows: rows.map(row => [row.node, row.quantity, row.predicted ?? 'none', row.measured ?? 'none', row.standardError ?? '', row.window === null ? '' : row.window.map(t => t.toPrecision(2)).join(' … '), row.disagreement ?? '']),
    },
    charts: [ladderChart({ title: `Rates in ${title}`, layers }, { document })],
  }
}

function kernelSection(kernels: Roundup['kernels']): ReportSection {
  return {
    heading: 'Kernels',
    paragraphs: ['Smallest singular value of the centred values over the largest, and the overlap of its direction with the kernel that the primitive declares.'],
    table: { columns: ['primitive', 'kernel', 'smallest', 'overlap'], rows: kernels.map(({ primitive, label, smallest, overlap }) => [primitive, label ?? 'none declared', smallest, overlap ?? '']) },
    charts: [],
  }
}
