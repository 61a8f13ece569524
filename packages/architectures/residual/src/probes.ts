import type { NodeDescription, ProbeStudy } from '@dead-directions/registry'

const depth = 5

/**
 * Linear branches round skips: every block residual, none, one skip over two layers, and ties that add and that cancel.
 * Source: arXiv 2606.05957, row C8.
 */
export function probes(width: number): readonly ProbeStudy[] {
  const weight = (name: string, from: string): NodeDescription => ({ name, primitive: 'linear', spec: { in: width, out: width }, inputs: [from] })
  const sum = (name: string, inputs: readonly string[], scales?: readonly number[]): NodeDescription => ({
    name,
    primitive: 'residual',
    spec: { inputs: inputs.length, ...(scales === undefined ? {} : { scales }) },
    inputs,
  })
  const study = (title: string, nodes: readonly NodeDescription[]): ProbeStudy => ({
    title,
    network: { input: [width], nodes, output: (nodes.at(-1) as NodeDescription).name, likelihood: 'gaussian' },
  })
  const blocks = Array.from({ length: depth }, (_, i) => i + 1)
  return [
    study(
      'every block residual: rate 0 at every depth',
      blocks.flatMap(i => {
        const stream = i === 1 ? 'input' : `stream${i - 1}`
        return [weight(`branch${i}`, stream), sum(`stream${i}`, [stream, `branch${i}`])]
      }),
    ),
    study('no skip: the ladder', blocks.map(i => weight(`layer${i}`, i === 1 ? 'input' : `layer${i - 1}`))),
    study('a skip over two of five layers saves two', [
      weight('layer1', 'input'),
      weight('layer2', 'layer1'),
      weight('layer3', 'layer2'),
      sum('skip', ['layer1', 'layer3']),
      weight('layer4', 'skip'),
      weight('layer5', 'layer4'),
    ]),
    study('two routes of one length: coefficients add', [
      weight('first', 'input'),
      weight('left', 'first'),
      weight('right', 'first'),
      sum('tie', ['left', 'right']),
      weight('last', 'tie'),
    ]),
    study('a negative scale cancels a tie: the next longer route is left', [
      weight('first', 'input'),
      weight('left', 'first'),
      weight('right', 'first'),
      weight('longer', 'right'),
      sum('tie', ['left', 'right', 'longer'], [1, -1, 1]),
      weight('last', 'tie'),
    ]),
  ]
}
