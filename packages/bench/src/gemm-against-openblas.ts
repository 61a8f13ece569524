import { gemm } from '@dead-directions/linalg'
import { startGemmThreads } from '@dead-directions/linalg/threads'
import type { Measurement, Quantity, Remark } from './benchmark.ts'
import { interleave } from './interleave.ts'
import { type Factors, loadOpenBlas, type OpenBlas } from './openblas.ts'
import { randomEntries } from './random.ts'

/** A batch of square products. */
export interface Form {
  readonly size: number
  readonly transposeA?: boolean
  readonly transposeB?: boolean
  readonly count?: number
}

const forms: readonly Form[] = [
  ...[128, 256, 512, 1024, 2048].map(size => ({ size })),
  { size: 512, transposeA: true },
  { size: 512, transposeB: true },
  { size: 512, transposeA: true, transposeB: true },
  { size: 64, count: 64 },
  { size: 256, count: 16 },
]

/** Float64 products of `gemm` against OpenBLAS's, both on one thread and both on two, in turn. */
export const gemmAgainstOpenBlasBenchmark: Measurement = {
  name: 'gemm-against-openblas',
  measure: () => gemmAgainstOpenBlas(forms, 9),
}

/** Speeds of `gemm` and how many times as fast as OpenBLAS it is, within each round. */
export async function gemmAgainstOpenBlas(forms: readonly Form[], rounds: number): Promise<(Quantity | Remark)[]> {
  const openBlas = await loadOpenBlas()
  const products = forms.map(productOf)
  const onOneThread = products.map(product => compared(product, 1, openBlas, rounds))
  const threads = startGemmThreads(2)
  try {
    const onTwoThreads = products.map(product => compared(product, 2, openBlas, rounds))
    return [{ quantity: 'OpenBLAS', remark: openBlas?.core ?? 'not installed' }, ...onOneThread.flatMap((quantities, i) => [...quantities, ...onTwoThreads[i]!])]
  } finally {
    await threads.close()
  }
}

interface Product extends Factors {
  readonly name: string
}

function productOf({ size, transposeA = false, transposeB = false, count = 1 }: Form): Product {
  const entries = count * size * size
  const sizes = { m: size, n: size, k: size, count, transposeA, transposeB }
  const name = `${count > 1 ? `${count} of ` : ''}${size}×${size}×${size}${transposeA ? ', Aᵀ' : ''}${transposeB ? ', Bᵀ' : ''}`
  return { ...sizes, name, a: randomEntries(entries, 1), b: randomEntries(entries, 2), c: new Float64Array(entries) }
}

function compared({ name, ...factors }: Product, threads: 1 | 2, openBlas: OpenBlas | undefined, rounds: number): Quantity[] {
  const { m, n, k, count = 1, c } = factors
  const ours = (): void => gemm(factors)
  const theirs = openBlas?.product(threads, { ...factors, c: new Float64Array(c.length) })
  const timings = interleave({ ...(theirs ? { OpenBLAS: theirs } : {}), gemm: ours }, { rounds })
  const { milliseconds, ratio } = timings.at(-1)!
  const label = `${name}, ${threads === 1 ? 'one thread' : 'two threads'}`
  return [
    { quantity: label, value: (2e-6 * count * m * n * k) / milliseconds, unit: 'GFLOP/s' },
    ...(theirs ? (['median', 'low', 'high'] as const).map(part => ({ quantity: `${label} over OpenBLAS, ${part}`, value: ratio[part], unit: '' })) : []),
  ]
}
