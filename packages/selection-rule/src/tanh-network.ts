import { integer } from './integer-fields.ts'
import { type Invariants, invariants } from './invariants.ts'
import { ratio } from './rational.ts'

/**
 * λ and m of a tanh network with one input and one output whose true function is zero.
 *
 * `hidden` is the number of hidden units p; λ is the smallest of `(p + i² + i)/(4i + 2)`, reached at `i = ⌊√p⌋`, and also
 * at `i - 1` when p is a square, where m = 2; ν is null.
 *
 * @throws RangeError when `hidden` is not a positive integer.
 * @see Aoyagi, "The zeta function of learning theory and generalization error of three layered neural perceptron", 2006.
 * @example
 * import { tanhNetwork } from '@dead-directions/selection-rule'
 *
 * tanhNetwork(2).lambdaFraction // '2/3'
 */
export function tanhNetwork(hidden: number): Invariants {
  const p = BigInt(integer('hidden', hidden, 1))
  const i = BigInt(Math.floor(Math.sqrt(hidden)))
  return invariants(ratio(p + i * i + i, 4n * i + 2n), i * i === p ? 2 : 1, null, 'tanh network, true function zero (Aoyagi 2006)')
}
