import { expect, it } from 'vitest'
import { gemmAgainstOpenBlas } from './gemm-against-openblas.ts'

it('gives the speed of a product on one thread and on two, and compares where OpenBLAS is installed', async () => {
  const [openBlas, ...rest] = await gemmAgainstOpenBlas([{ size: 24, transposeB: true, count: 3 }], 2)
  const installed = 'remark' in openBlas! && openBlas.remark !== 'not installed'
  const labels = ['one thread', 'two threads'].map(threads => `3 of 24×24×24, Bᵀ, ${threads}`)
  const over = installed ? ['median', 'low', 'high'].map(part => ` over OpenBLAS, ${part}`) : []
  expect(rest.map(({ quantity }) => quantity)).toEqual(labels.flatMap(label => [label, ...over.map(part => label + part)]))
  for (const row of rest) expect('value' in row && row.value).toBeGreaterThan(0)
})
