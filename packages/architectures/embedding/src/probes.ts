import type { NodeDescription, ProbeStudy } from '@dead-directions/registry'

const length = 4

/** Tokens embedded, without and with learned positions, under two linear maps. Source: arXiv 2606.05957, row C8. */
export function probes(width: number): readonly ProbeStudy[] {
  const vocabulary = 2 * width
  const layer = (name: string, from: string): NodeDescription => ({ name, primitive: 'linear', spec: { in: width, out: width }, inputs: [from] })
  const study = (title: string, positions: Readonly<Record<string, number>>): ProbeStudy => ({
    title,
    tokens: vocabulary,
    network: {
      input: [length],
      nodes: [
        { name: 'embedding', primitive: 'embedding', spec: { vocabulary, width, ...positions }, inputs: ['input'] },
        layer('layer1', 'embedding'),
        layer('layer2', 'layer1'),
      ],
      output: 'layer2',
      likelihood: 'gaussian',
    },
  })
  return [study('tokens under two linear maps', {}), study('tokens and learned positions under two linear maps', { positions: length })]
}
