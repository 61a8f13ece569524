import type { NewtonState } from './model.ts'

export function code({ divergence, h, g }: NewtonState): string {
  return `import { rlct } from '@dead-directions/selection-rule'

const divergence = ${JSON.stringify(divergence)}
const { variables } = rlct(divergence)
const orders = [${h}, ${g}]
const prior = variables.slice(0, 2).map((name, i) => \`|\${name}|^\${orders[i]}\`).join('*')
const { lambdaFraction, multiplicity, exact, reason } = rlct(divergence, { prior })
console.log(exact ? \`λ = \${lambdaFraction}, m = \${multiplicity}\` : \`λ ≤ \${lambdaFraction}: \${reason}\`)
`
}
