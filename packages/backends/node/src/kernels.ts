import type { Kernel } from './kernel.ts'
import { binaryKernels } from './kernels/binary.ts'
import { convolutionKernels } from './kernels/convolution.ts'
import { creationKernels } from './kernels/creation.ts'
import { einsumKernels } from './kernels/einsum.ts'
import { gatherKernels } from './kernels/gather.ts'
import { layoutKernels } from './kernels/layout.ts'
import { matMulKernels } from './kernels/matmul.ts'
import { orderKernels } from './kernels/order.ts'
import { poolingKernels } from './kernels/pooling.ts'
import { probabilityKernels } from './kernels/probability.ts'
import { reductionKernels } from './kernels/reduction.ts'
import { unaryKernels } from './kernels/unary.ts'

/** Every kernel of the backend. */
export const kernels: readonly Kernel[] = [
  ...unaryKernels,
  ...binaryKernels,
  ...reductionKernels,
  ...matMulKernels,
  ...einsumKernels,
  ...layoutKernels,
  ...creationKernels,
  ...gatherKernels,
  ...orderKernels,
  ...probabilityKernels,
  ...convolutionKernels,
  ...poolingKernels,
]
