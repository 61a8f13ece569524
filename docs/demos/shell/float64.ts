import { attention } from '@dead-directions/arch-attention'
import { layernorm } from '@dead-directions/arch-layernorm'
import { linear } from '@dead-directions/arch-linear'
import { mlp } from '@dead-directions/arch-mlp'
import { residual } from '@dead-directions/arch-residual'
import { rmsnorm } from '@dead-directions/arch-rmsnorm'
import { swiglu } from '@dead-directions/arch-swiglu'
import { nodeBackend } from '@dead-directions/backend-node'
import { createRegistry, type Registry } from '@dead-directions/registry'

/** The primitives that demos use, on the float64 backend, which is made active: the preset without what reads files. */
export async function float64(): Promise<Registry> {
  await nodeBackend.install()
  return createRegistry().use(linear, mlp, residual, layernorm, rmsnorm, attention, swiglu, nodeBackend)
}
