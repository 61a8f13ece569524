import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalApproach, deadChannel } from './approach.ts'

const width = fc.integer({ min: 1, max: 6 })

test('over all tokens once the features have second moments diag(1, …, 1, t²), while there are no more features than tokens', () => {
  fc.assert(
    fc.property(width, fc.nat({ max: 5 }), fc.double({ min: 1e-6, max: 1, noNaN: true }), (features, more, t) => {
      const vocabulary = features + more
      const { weight } = canonicalApproach({ vocabulary, width: features }, t)
      const at = (i: number, token: number): number => weight?.data[i * vocabulary + token] as number
      for (let i = 0; i < features; i++) {
        for (let j = 0; j < features; j++) {
          const moment = Array.from({ length: vocabulary }, (_, token) => at(i, token) * at(j, token)).reduce((a, b) => a + b, 0) / vocabulary
          const [own, other] = [i, j].map(feature => (feature === features - 1 ? t : 1)) as [number, number]
          expect(moment / (own * other)).toBeCloseTo(i === j ? 1 : 0, 13)
        }
      }
    }),
  )
})

test('the last feature, and no other, is proportional to t, for tokens and positions, however few there are', () => {
  fc.assert(
    fc.property(width, width, width, (features, vocabulary, positions) => {
      const spec = { vocabulary, width: features, positions }
      const [one, small] = [canonicalApproach(spec, 1), canonicalApproach(spec, 0.01)]
      for (const [name, count] of [['weight', vocabulary], ['position.weight', positions]] as const) {
        small[name]?.data.forEach((value, at) => {
          const expected = one[name]?.data[at] as number
          expect(value).toBeCloseTo(Math.floor(at / count) === deadChannel(spec) ? 0.01 * expected : expected, 15)
        })
        // No row is empty: every feature tells something of the token.
        for (let i = 0; i < features; i++) expect(Math.hypot(...(one[name]?.data.subarray(i * count, (i + 1) * count) ?? []))).toBeGreaterThan(0.9)
      }
    }),
  )
})
