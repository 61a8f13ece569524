import { chainWithSkips, parseSkips } from './graph.ts'
import type { GraphState } from './model.ts'

export function code({ layers, skips }: GraphState): string {
  const { nodes, ...rest } = chainWithSkips(layers, parseSkips(skips, layers), 4)
  const lines = nodes.map(node => `    ${JSON.stringify(node)},`)
  return `import { buildNetwork, nodeBackend, presetRegistry, probe } from '@dead-directions/dead-directions'

await nodeBackend.install()
const network = buildNetwork({
  ...${JSON.stringify({ ...rest, likelihood: undefined })},
  likelihood: 'gaussian',
  nodes: [
${lines.join('\n')}
  ],
}, presetRegistry())
const { rows } = await probe(network)
for (const { node, quantity, predicted, measured } of rows) {
  if (quantity === 'backward') console.log(node, 'predicted', predicted, 'measured', measured)
}
`
}
