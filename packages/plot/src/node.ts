import { parseHTML } from 'linkedom'

/**
 * Makes an empty document for drawing charts in Node.
 *
 * @returns a DOM `Document` without a browser, for the `document` option of every chart.
 * @example
 * ```ts
 * import { rateChart } from '@dead-directions/plot'
 * import { nodeDocument } from '@dead-directions/plot/node'
 * const svg = rateChart(
 *   { title: 'Fisher decay', xLabel: 't', yLabel: 'F', series: [{ name: 'F', t: [0.01, 0.1], values: [4e-4, 4e-2] }] },
 *   { document: nodeDocument() },
 * )
 * ```
 */
export const nodeDocument = (): Document => parseHTML('<!doctype html><html><body></body></html>').document
