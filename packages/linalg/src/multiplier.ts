import { blockKernel } from './gemm-kernel.ts'
import { multiplyPacked } from './gemm-packed.ts'
import type { Operand, Target } from './operand.ts'

/** The operands or targets of a batch: the first one's place, and the entries from one to the next. */
export type Batch<place extends Operand | Target> = place & { readonly itemStride: number }

/** C = A·B for `count` products of one size, each entry summed in rising order of the step. */
export type Multiplier = (count: number, m: number, n: number, k: number, a: Batch<Operand>, b: Batch<Operand>, c: Batch<Target>) => void

/** One product after the other on the calling thread. */
export const multiplyAlone: Multiplier = (count, m, n, k, a, b, c) => {
  for (let item = 0; item < count; item++) multiplyPacked(blockKernel(), m, n, k, itemOf(a, item), itemOf(b, item), itemOf(c, item))
}

/** The operand or target of one product of a batch. */
export function itemOf<place extends Batch<Operand | Target>>(place: place, item: number): place {
  return item === 0 ? place : { ...place, offset: place.offset + item * place.itemStride }
}

let current = multiplyAlone

/** What `gemm` leaves its packed products to. */
export function multiplier(): Multiplier {
  return current
}

export function useMultiplier(next: Multiplier): void {
  current = next
}
