import type { RegimeState } from './model.ts'

export function code({ regime, t, floor, leak, blocks }: RegimeState): string {
  return regime === 'layernorm'
    ? `import { crossovers, finiteSlope } from '@dead-directions/arch-layernorm'

const entry = { c0: ${floor}, c2: ${leak}, c4: 1 }
console.log('slope at ${t}:', finiteSlope(entry, ${t}), 'crossovers:', crossovers(entry))
`
    : `import { buildNetwork, chainOf, nodeBackend, presetRegistry, probe, swiglu } from '@dead-directions/dead-directions'

await nodeBackend.install()
const chain = chainOf(swiglu, { input: [3], inputs: 1 }, { width: 3, hidden: 3 }, ${blocks})
const { rows } = await probe(buildNetwork(chain, presetRegistry()))
for (const { node, quantity, predicted, measured } of rows) {
  if (quantity === 'forward') console.log(node, 'predicted', predicted, 'measured', measured)
}
`
}
