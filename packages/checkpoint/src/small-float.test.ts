import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bfloat16ToNumber, halfToNumber, numberToBfloat16, numberToHalf } from './small-float.ts'

const view = new DataView(new ArrayBuffer(4))

/** IEEE 754-2019, 3.4: the definition of binary16. */
function halfByDefinition(bits: number): number {
  const sign = (-1) ** (bits >> 15)
  const exponent = (bits >> 10) & 31
  const fraction = (bits & 1023) / 1024
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN
  return exponent === 0 ? sign * 2 ** -14 * fraction : sign * 2 ** (exponent - 15) * (1 + fraction)
}

function bfloatAsUpperHalf(bits: number): number {
  view.setUint32(0, bits * 65536)
  return view.getFloat32(0)
}

/** The nearest of all values by bisection, ties to the even bits; half a step past the largest is infinity. */
function nearest(value: number, toNumber: (bits: number) => number, infinity: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0
  const magnitude = Math.abs(value)
  const largest = toNumber(infinity - 1)
  const beyond = largest + (largest - toNumber(infinity - 2))
  const of = (bits: number): number => (bits === infinity ? beyond : toNumber(bits))
  let low = 0
  let high = infinity
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (of(middle) <= magnitude) low = middle
    else high = middle
  }
  const below = magnitude - of(low)
  const above = of(high) - magnitude
  return sign | (below < above || (below === above && low % 2 === 0) ? low : high)
}

const formats = [
  { name: 'binary16', toNumber: halfToNumber, toBits: numberToHalf, definition: halfByDefinition, infinity: 0x7c00 },
  { name: 'bfloat16', toNumber: bfloat16ToNumber, toBits: numberToBfloat16, definition: bfloatAsUpperHalf, infinity: 0x7f80 },
]

describe.each(formats)('$name', ({ toNumber, toBits, definition, infinity }) => {
  const all = Array.from({ length: 65536 }, (_, bits) => bits)

  test('reads all 65,536 values as the definition does', () => {
    expect(all.filter(bits => !Object.is(toNumber(bits), definition(bits)))).toEqual([])
  })

  test('writes each of its values back to the same bits, and NaN to a NaN', () => {
    const wrong = all.filter(bits => toBits(definition(bits)) !== bits && !Number.isNaN(definition(bits)))
    expect(wrong).toEqual([])
    expect(definition(toBits(NaN))).toBeNaN()
  })

  test('rounds to the even neighbour half-way between any two values, and to the nearer one beside it', () => {
    const wrong = all
      .filter(bits => bits < infinity - 1)
      .filter(bits => {
        const middle = (definition(bits) + definition(bits + 1)) / 2
        const tie = toBits(middle)
        const step = middle * 2 ** -50
        return tie !== (bits % 2 === 0 ? bits : bits + 1) || toBits(middle - step) !== bits || toBits(middle + step) !== bits + 1
      })
    expect(wrong).toEqual([])
  })

  test('rounds any number to the nearest of its values', () => {
    const largest = definition(infinity - 1)
    const number = fc.oneof(fc.double({ noNaN: true, min: -2 * largest, max: 2 * largest }), fc.double({ noNaN: true, noDefaultInfinity: true }))
    fc.assert(fc.property(number, value => toBits(value) === nearest(value, definition, infinity)), { numRuns: 2000 })
  })
})

test('does not round twice by way of float32', () => {
  expect(numberToHalf(1 + 2 ** -11 + 2 ** -40)).toBe(0x3c01)
  expect(numberToHalf(Math.fround(1 + 2 ** -11 + 2 ** -40))).toBe(0x3c00)
})
