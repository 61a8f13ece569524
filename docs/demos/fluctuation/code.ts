import type { FluctuationState } from './model.ts'

export function code({ k }: FluctuationState): string {
  return `import { frozenFluctuation, singularFluctuation } from '@dead-directions/selection-rule'

const { value, error } = singularFluctuation(${k})
console.log(\`ν(${k}) = \${value} ± \${error}, frozen at Z = 0: \${frozenFluctuation(${k})}\`)
`
}
