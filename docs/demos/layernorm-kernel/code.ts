import type { KernelState } from './model.ts'

export function code({ width, spread, seed }: KernelState): string {
  return `import { normalisationKernel } from '@dead-directions/arch-layernorm'
import { standardNormals } from '@dead-directions/network'

const gamma = standardNormals(${seed}, ${width}).map(normal => 10 ** ((${spread} * normal) / 2))
// Centred outputs of a LayerNorm with these scales never vary along this direction.
console.log(normalisationKernel(gamma))
`
}
