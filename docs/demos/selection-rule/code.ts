import type { SelectionState } from './model.ts'

export function code({ shape, k1, k2, h }: SelectionState): string {
  return shape === 'fibre'
    ? `import { smoothFibre } from '@dead-directions/selection-rule'

// K = x^${2 * k1} + y^${2 * k2} under the prior x^${h}: contributions add up.
const { lambdaFraction, multiplicity, rule } = smoothFibre({ orders: [${k1}, ${k2}], regular: 0, priorOrders: [${h}, 0] })
console.log(\`λ = \${lambdaFraction}, m = \${multiplicity} (\${rule})\`)
`
    : `import { crossing } from '@dead-directions/selection-rule'

// K = x^${2 * k1} y^${2 * k2} under the prior x^${h}: the smallest exponent wins.
const { lambdaFraction, multiplicity, rule } = crossing({ orders: [${k1}, ${k2}], priorOrders: [${h}, 0] })
console.log(\`λ = \${lambdaFraction}, m = \${multiplicity} (\${rule})\`)
`
}
