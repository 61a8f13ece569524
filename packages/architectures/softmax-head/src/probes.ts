import type { NodeDescription, ProbeStudy } from '@dead-directions/registry'

/** A linear chain of depth 3 under the head, `width` at least 2. Source: arXiv 2606.05957, row C6. */
export function probes(width: number): readonly ProbeStudy[] {
  const layer = (name: string, from: string): NodeDescription => ({ name, primitive: 'linear', spec: { in: width, out: width }, inputs: [from] })
  const nodes: readonly NodeDescription[] = [
    layer('layer1', 'input'),
    layer('layer2', 'layer1'),
    layer('layer3', 'layer2'),
    { name: 'head', primitive: 'softmax-head', spec: { in: width, classes: width }, inputs: ['layer3'] },
  ]
  return [{ title: 'a linear chain of depth 3 under a softmax head', network: { input: [width], nodes, output: 'head', likelihood: 'categorical' } }]
}
