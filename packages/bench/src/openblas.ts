import type { GemmOptions } from '@dead-directions/linalg'
import { ifInstalled } from './if-installed.ts'

const names = ['libopenblas.so.0', 'libopenblas.so', 'libopenblas.dylib', 'libopenblas.dll']

const signature = `void cblas_dgemm(int order, int transA, int transB, int m, int n, int k,
  double alpha, const double *a, int lda, const double *b, int ldb, double beta, double *c, int ldc)`

/** What OpenBLAS multiplies: arrays from their beginning, with their transposes, a batch one after the other. */
export type Factors = Pick<GemmOptions, 'm' | 'n' | 'k' | 'a' | 'b' | 'c' | 'transposeA' | 'transposeB' | 'count'>

/** OpenBLAS where it is installed. */
export interface OpenBlas {
  /** The processor that its kernels are made for. */
  readonly core: string
  /** The product `cblas_dgemm` on so many threads, ready to be called. */
  product(threads: number, factors: Factors): () => void
}

/** OpenBLAS, or undefined where the library or `koffi`, which calls it, is not installed. */
export async function loadOpenBlas(): Promise<OpenBlas | undefined> {
  // Its threads wait at work for the next product for 25 ms, on the processors of whatever comes after; now for half of one.
  process.env['OPENBLAS_THREAD_TIMEOUT'] ??= '20'
  const { default: koffi } = (await ifInstalled(import('koffi'))) ?? {}
  if (koffi === undefined) return undefined
  for (const name of names)
    try {
      const library = koffi.load(name)
      const setThreads = library.func('void openblas_set_num_threads(int threads)')
      const dgemm = library.func(signature) as (...entries: readonly (number | Float64Array)[]) => void
      const core = library.func('const char *openblas_get_corename()')() as string
      return { core, product: (threads, factors) => productOf(dgemm, () => setThreads(threads), factors) }
    } catch {
      continue
    }
  return undefined
}

function productOf(dgemm: (...entries: readonly (number | Float64Array)[]) => void, prepare: () => void, factors: Factors): () => void {
  const { m, n, k, a, b, c, transposeA = false, transposeB = false, count = 1 } = factors
  const [rowMajor, asItIs, transposed] = [101, 111, 112]
  const items = Array.from({ length: count }, (_, item) => [a.subarray(item * m * k), b.subarray(item * k * n), c.subarray(item * m * n)] as const)
  return () => {
    prepare()
    for (const [a, b, c] of items)
      dgemm(rowMajor, transposeA ? transposed : asItIs, transposeB ? transposed : asItIs, m, n, k, 1, a, transposeA ? m : k, b, transposeB ? k : n, 0, c, n)
  }
}
