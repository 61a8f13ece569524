import { embedding } from '@dead-directions/arch-embedding'
import { linear } from '@dead-directions/arch-linear'
import { mlp } from '@dead-directions/arch-mlp'
import { softmaxHead } from '@dead-directions/arch-softmax-head'
import { transformerBlock } from '@dead-directions/arch-transformer'
import { createRegistry, type Registry } from '@dead-directions/registry'

/** The primitives that tasks are made of. */
export const primitives: Registry = createRegistry().use(embedding, linear, mlp, softmaxHead, transformerBlock)
