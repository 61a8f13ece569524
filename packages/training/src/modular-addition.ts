import { checked } from '@dead-directions/registry'
import { type } from 'arktype'
import { permutation } from './order.ts'
import type { LabelledSample, Task } from './task.ts'

/** What {@link modularAddition} may be told. */
export interface ModularAdditionOptions {
  /** Default 97. */
  readonly modulus?: number
  /** Share of all pairs that are trained on; the others validate. Default 0.5. */
  readonly trainFraction?: number
  /** Default 64; the inside of the feed-forward part is four times as wide. */
  readonly width?: number
  /** A divisor of the width. Default 4. */
  readonly heads?: number
  /** Transformer blocks. Default 1. */
  readonly layers?: number
  /** Samples of one step. Default 128. */
  readonly batchSize?: number
  /** Of the split. Default 0. */
  readonly seed?: number
}

const optionsType = type({
  '+': 'reject',
  modulus: 'number.integer >= 2',
  trainFraction: '0 < number < 1',
  width: 'number.integer >= 3',
  heads: 'number.integer >= 1',
  layers: 'number.integer >= 1',
  batchSize: 'number.integer >= 1',
  seed: 'number.integer',
})

/**
 * Addition modulo a number, the task on which networks were seen to generalise long after they had learnt their examples by
 * heart: tokens `a b =`, and at `=` the class `(a + b) mod p`. The network is a causal transformer with layer normalisation
 * before each branch. Source: Power et al. 2022, arXiv 2201.02177; Nanda et al. 2023, arXiv 2301.05217.
 *
 * @throws BadInput naming the wrong option
 * @example
 * import { modularAddition } from '@dead-directions/training'
 * const task = modularAddition({ modulus: 5, trainFraction: 0.6 })
 * task.training.inputs.shape // [15, 3]
 */
export function modularAddition(options: ModularAdditionOptions = {}): Task {
  const filled = checked(optionsType, { modulus: 97, trainFraction: 0.5, width: 64, heads: 4, layers: 1, batchSize: 128, seed: 0, ...options }, 'modular-addition')
  const { modulus, trainFraction, width, heads, layers, batchSize, seed } = filled
  const order = permutation(seed, modulus ** 2)
  const trained = Math.min(modulus ** 2 - 1, Math.max(1, Math.round(trainFraction * modulus ** 2)))
  const block = { width, heads, hidden: 4 * width, norm: 'layernorm', placement: 'pre', feedforward: 'mlp', activation: 'relu', causal: true }
  const blocks = Array.from({ length: layers }, (_, i) => ({ name: `block${i + 1}`, primitive: 'transformer-block', spec: block, inputs: [i === 0 ? 'embedding' : `block${i}`] }))
  return {
    name: 'modular-addition',
    options: filled,
    network: {
      input: [3],
      nodes: [
        { name: 'embedding', primitive: 'embedding', spec: { vocabulary: modulus + 1, width, positions: 3 }, inputs: ['input'] },
        ...blocks,
        { name: 'head', primitive: 'softmax-head', spec: { in: width, classes: modulus, positions: 'last' }, inputs: [`block${layers}`] },
      ],
      output: 'head',
      likelihood: 'categorical',
    },
    training: sums(modulus, order.subarray(0, trained)),
    validation: sums(modulus, order.subarray(trained)),
    batchSize,
    initialScale: 1,
    // Weight decay 1 at learning rate 1e-3, as in arXiv 2301.05217.
    shrinkage: 1e-3,
  }
}

/** Pair `i` is `⌊i / p⌋` and `i mod p`; the token after the numbers is `=`. */
function sums(modulus: number, pairs: Int32Array): LabelledSample {
  const first = (pair: number): number => Math.floor(pair / modulus)
  return {
    inputs: { shape: [pairs.length, 3], data: Float64Array.from([...pairs].flatMap(pair => [first(pair), pair % modulus, modulus])) },
    targets: { shape: [pairs.length], data: Float64Array.from(pairs, pair => (first(pair) + (pair % modulus)) % modulus) },
  }
}
