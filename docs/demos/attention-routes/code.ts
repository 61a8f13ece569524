import type { RoutesState } from './model.ts'

export function code({ blocks, width }: RoutesState): string {
  return `import { attention, buildNetwork, chainOf, nodeBackend, presetRegistry, probe } from '@dead-directions/dead-directions'

await nodeBackend.install()
const chain = chainOf(attention, { input: [3, ${width}], inputs: 1 }, { width: ${width} }, ${blocks})
const { rows } = await probe(buildNetwork(chain, presetRegistry()))
for (const { node, quantity, predicted, measured } of rows) {
  if (quantity === 'backward') console.log(node, 'predicted', predicted, 'measured', measured)
}
`
}
