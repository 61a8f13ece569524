import type { KlState } from './model.ts'

export function code({ family, k, theta }: KlState): string {
  const [make, direction] = family === 'curve' ? [`gaussianLocationCurve(${k})`, '1'] : ['gaussianMixture()', '1, 1']
  const name = make.slice(0, make.indexOf('('))
  return `import { directionalFisher, ${name}, klOrder } from '@dead-directions/core-geometry'

const model = ${make}
const direction = Float64Array.of(${direction})
const theta = direction.map(value => value * ${theta})
console.log('K', model.divergence(theta), 'F', directionalFisher(model, theta, direction))

const order = klOrder(model, { origin: direction.map(() => 0), direction })
console.log(order.kind === 'order' ? \`k = \${order.klOrder} ± \${order.standardError}\` : order.reason)
`
}
