import type { LadderState } from './model.ts'

export function code({ depth, activation, bias, seed }: LadderState): string {
  return `import { buildNetwork, canonicalLadder, exactTensor, geometricGrid, nodeBackend, presetRegistry, standardNormals } from '@dead-directions/dead-directions'

await nodeBackend.install()
const widths = Array.from({ length: ${depth + 1} }, () => 3)
const network = buildNetwork({
  input: [3],
  nodes: [{ name: 'body', primitive: 'mlp', spec: { widths, activation: '${activation}', bias: ${bias} }, inputs: ['input'] }],
  output: 'body',
  likelihood: 'gaussian',
}, presetRegistry())
const inputs = exactTensor(standardNormals(${seed}, 48 * 3), [48, 3])
for (const { layer, activation, gradient } of await canonicalLadder(network, inputs, geometricGrid(1e-4, 0.1, 17), 2)) {
  console.log(layer, activation.kind === 'rate' ? activation.rate : activation.reason, gradient.kind === 'rate' ? gradient.rate : gradient.reason)
}
`
}
