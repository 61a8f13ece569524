import { ifInstalled } from './if-installed.ts'

const names = ['libopenblas.so.0', 'libopenblas.so', 'libopenblas.dylib', 'libopenblas.dll']

const signature = `void cblas_dgemm(int order, int transA, int transB, int m, int n, int k,
  double alpha, const double *a, int lda, const double *b, int ldb, double beta, double *c, int ldc)`

/** C = A·B for row-major n × n matrices. */
export type SquareProduct = (n: number, a: Float64Array, b: Float64Array, c: Float64Array) => void

/** OpenBLAS's `cblas_dgemm` on one thread, or undefined where the library or `koffi`, which calls it, is not installed. */
export async function loadOpenBlas(): Promise<SquareProduct | undefined> {
  process.env['OPENBLAS_NUM_THREADS'] = '1'
  const { default: koffi } = (await ifInstalled(import('koffi'))) ?? {}
  if (koffi === undefined) return undefined
  for (const name of names)
    try {
      const library = koffi.load(name)
      library.func('void openblas_set_num_threads(int threads)')(1)
      const dgemm = library.func(signature)
      const [rowMajor, asItIs] = [101, 111]
      return (n, a, b, c) => void dgemm(rowMajor, asItIs, asItIs, n, n, n, 1, a, n, b, n, 0, c, n)
    } catch {
      continue
    }
  return undefined
}
