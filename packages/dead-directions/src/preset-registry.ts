import { attention } from '@dead-directions/arch-attention'
import { embedding } from '@dead-directions/arch-embedding'
import { layernorm } from '@dead-directions/arch-layernorm'
import { linear } from '@dead-directions/arch-linear'
import { mlp } from '@dead-directions/arch-mlp'
import { residual } from '@dead-directions/arch-residual'
import { rmsnorm } from '@dead-directions/arch-rmsnorm'
import { softmaxHead } from '@dead-directions/arch-softmax-head'
import { swiglu } from '@dead-directions/arch-swiglu'
import { transformerBlock } from '@dead-directions/arch-transformer'
import { nodeBackend } from '@dead-directions/backend-node'
import { wasmBackend } from '@dead-directions/backend-wasm'
import { webgpuBackend } from '@dead-directions/backend-webgpu'
import { createRegistry, type Registry } from '@dead-directions/registry'

/**
 * A registry with every built-in primitive and backend.
 *
 * @example
 * import { presetRegistry } from '@dead-directions/dead-directions'
 * presetRegistry().architecture('linear').name // 'linear'
 */
export function presetRegistry(): Registry {
  return createRegistry().use(linear, mlp, residual, layernorm, rmsnorm, attention, swiglu, transformerBlock, embedding, softmaxHead, nodeBackend, wasmBackend(), webgpuBackend())
}
