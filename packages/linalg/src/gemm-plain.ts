import type { Operand, Target } from './operand.ts'

/** C = A·B without packing, for small products and thin ones: four columns of C at a time. */
export function multiplyPlain(m: number, n: number, k: number, a: Operand, b: Operand, c: Target): void {
  const { data: x, lineStride: aLine, stepStride: aStep } = a
  const { data: y, lineStride: bLine, stepStride: bStep } = b
  const { data: z, columnStride: cColumn } = c
  const quads = n - (n % 4)
  for (let i = 0; i < m; i++) {
    const aStart = a.offset + i * aLine
    const cStart = c.offset + i * c.rowStride
    for (let j = 0; j < quads; j += 4) {
      let s0 = 0
      let s1 = 0
      let s2 = 0
      let s3 = 0
      for (let p = 0, ai = aStart, bi = b.offset + j * bLine; p < k; p++, ai += aStep, bi += bStep) {
        const factor = x[ai]!
        s0 += factor * y[bi]!
        s1 += factor * y[bi + bLine]!
        s2 += factor * y[bi + 2 * bLine]!
        s3 += factor * y[bi + 3 * bLine]!
      }
      const ci = cStart + j * cColumn
      z[ci] = s0
      z[ci + cColumn] = s1
      z[ci + 2 * cColumn] = s2
      z[ci + 3 * cColumn] = s3
    }
    for (let j = quads; j < n; j++) {
      let s = 0
      for (let p = 0, ai = aStart, bi = b.offset + j * bLine; p < k; p++, ai += aStep, bi += bStep) s += x[ai]! * y[bi]!
      z[cStart + j * cColumn] = s
    }
  }
}
