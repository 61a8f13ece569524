import type { NetworkDescription, NodeDescription, ProbeStudy } from '@dead-directions/registry'

/**
 * Chains of linear maps with one normalisation among them: of the direct route and the one through the dead input
 * the shorter gives the gradient's rate. Source: arXiv 2606.05957, rows C7 and C8.
 */
export function probes(width: number): readonly ProbeStudy[] {
  const places = [
    [1, 0],
    [0, 1],
    [1, 3],
    [3, 1],
    [2, 2],
  ] as const
  return places.map(([before, after]) => ({
    title: `${before} linear, rmsnorm, ${after} linear`,
    network: chain(width, before, after),
  }))
}

/** `before` linear maps, one normalisation, `after` linear maps, all of one width. */
export function chain(width: number, before: number, after: number): NetworkDescription {
  const primitives = [...Array<string>(before).fill('linear'), 'rmsnorm', ...Array<string>(after).fill('linear')]
  const nodes = primitives.map((primitive, i): NodeDescription => ({
    name: `node${i + 1}`,
    primitive,
    spec: primitive === 'linear' ? { in: width, out: width } : { width },
    inputs: [i === 0 ? 'input' : `node${i}`],
  }))
  return { input: [width], nodes, output: `node${nodes.length}`, likelihood: 'gaussian' }
}
