/** A 16-bit floating-point format: fraction bits, exponent of the smallest normal value, bits of infinity. */
interface SmallFloat {
  readonly fractionBits: number
  readonly minExponent: number
  readonly infinity: number
}

const half: SmallFloat = { fractionBits: 10, minExponent: -14, infinity: 0x7c00 }
const bfloat: SmallFloat = { fractionBits: 7, minExponent: -126, infinity: 0x7f80 }

/**
 * The value of an IEEE 754 binary16 number, exactly.
 *
 * @param bits its 16 bits as an integer from 0 to 65535
 * @example
 * import { halfToNumber } from '@dead-directions/checkpoint/bytes'
 * halfToNumber(0x3c00) // 1
 */
export function halfToNumber(bits: number): number {
  return decode(half, bits)
}

/**
 * The bits of the IEEE 754 binary16 number nearest to `value`, ties to even; out of range gives infinity.
 *
 * @param value any number; every NaN gives 0x7e00
 * @example
 * import { numberToHalf } from '@dead-directions/checkpoint/bytes'
 * numberToHalf(1) // 0x3c00
 */
export function numberToHalf(value: number): number {
  return encode(half, value)
}

/**
 * The value of a bfloat16 number (the upper half of a binary32), exactly.
 *
 * @param bits its 16 bits as an integer from 0 to 65535
 * @example
 * import { bfloat16ToNumber } from '@dead-directions/checkpoint/bytes'
 * bfloat16ToNumber(0x3f80) // 1
 */
export function bfloat16ToNumber(bits: number): number {
  return decode(bfloat, bits)
}

/**
 * The bits of the bfloat16 number nearest to `value`, ties to even; out of range gives infinity.
 *
 * @param value any number; every NaN gives 0x7fc0
 * @example
 * import { numberToBfloat16 } from '@dead-directions/checkpoint/bytes'
 * numberToBfloat16(1) // 0x3f80
 */
export function numberToBfloat16(value: number): number {
  return encode(bfloat, value)
}

function decode({ fractionBits, minExponent, infinity }: SmallFloat, bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const magnitude = bits & 0x7fff
  if (magnitude >= infinity) return magnitude === infinity ? sign * Infinity : NaN
  const fraction = magnitude & ((1 << fractionBits) - 1)
  const exponent = magnitude >> fractionBits
  const significand = exponent === 0 ? fraction : fraction + (1 << fractionBits)
  return sign * significand * 2 ** (minExponent + Math.max(exponent - 1, 0) - fractionBits)
}

function encode({ fractionBits, minExponent, infinity }: SmallFloat, value: number): number {
  if (Number.isNaN(value)) return infinity | (1 << (fractionBits - 1))
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0
  const magnitude = Math.abs(value)
  if (magnitude === Infinity) return sign | infinity
  const exponent = Math.max(binaryExponent(magnitude), minExponent)
  const units = roundHalfToEven(magnitude * 2 ** (fractionBits - exponent))
  // A carry out of the fraction runs into the exponent, which is the next value up.
  return sign | Math.min(((exponent - minExponent) << fractionBits) + units, infinity)
}

const scratch = new DataView(new ArrayBuffer(8))

function binaryExponent(magnitude: number): number {
  scratch.setFloat64(0, magnitude)
  return (scratch.getUint16(0) >> 4) - 1023
}

/** Adding 2^52 leaves no fraction bits, so the addition itself rounds to nearest, ties to even. */
function roundHalfToEven(value: number): number {
  return value + 2 ** 52 - 2 ** 52
}
