import { standardNormals, uniforms } from '@dead-directions/network'
import type { NetworkDescription } from '@dead-directions/registry'
import type { LabelledSample, Task } from '@dead-directions/training'

/** What is over-trained on: few samples of a law whose labels are drawn, so that learning them by heart costs on others. */
export type OverTrainingTask = 'noisy classes' | 'markov text'

/** The task of a seed, its training sample in every step whole. */
export function overTrainingTask(name: OverTrainingTask, seed: number): Task {
  const { training, validation, network } = name === 'noisy classes' ? noisyClasses(seed) : markovText(seed)
  return { name, options: { seed }, network, training, validation, batchSize: training.targets.data.length, initialScale: 1, shrinkage: 0 }
}

interface Data {
  readonly network: NetworkDescription
  readonly training: LabelledSample
  readonly validation: LabelledSample
}

/** Classes drawn from the softmax of a linear map of normal inputs, learnt by a relu perceptron. */
function noisyClasses(seed: number): Data {
  const [features, classes] = [8, 5]
  const weights = standardNormals(1000 * seed + 1, features * classes)
  const sample = (at: number, count: number): LabelledSample => {
    const inputs = standardNormals(1000 * seed + at, count * features)
    const draws = uniforms(1000 * seed + at + 1, count)
    const targets = Float64Array.from(draws, (draw, n) => {
      const logits = Array.from({ length: classes }, (_, c) => inputs.subarray(n * features, (n + 1) * features).reduce((sum, x, j) => sum + x * (weights[c * features + j] as number), 0))
      return drawn(softmax(logits), draw)
    })
    return { inputs: { shape: [count, features], data: inputs }, targets: { shape: [count], data: targets } }
  }
  return {
    network: {
      input: [features],
      nodes: [{ name: 'body', primitive: 'mlp', spec: { widths: [features, 32, 32, classes], activation: 'relu', bias: true }, inputs: ['input'] }],
      output: 'body',
      likelihood: 'categorical',
    },
    training: sample(10, 96),
    validation: sample(20, 512),
  }
}

/** The next letter of a Markov chain of order two, learnt by a transformer. */
function markovText(seed: number): Data {
  const [letters, length] = [8, 6]
  const logits = standardNormals(1000 * seed + 1, letters ** 3)
  const next = (a: number, b: number, draw: number): number => drawn(softmax([...logits.subarray((a * letters + b) * letters, (a * letters + b + 1) * letters)].map(x => 1.5 * x)), draw)
  const sample = (at: number, count: number): LabelledSample => {
    const draws = uniforms(1000 * seed + at, count * (length + 1))
    const texts = Array.from({ length: count }, (_, n) => {
      const text = [Math.floor(letters * (draws[n * (length + 1)] as number)), Math.floor(letters * (draws[n * (length + 1) + 1] as number))]
      for (let i = 2; i <= length; i++) text.push(next(text[i - 2] as number, text[i - 1] as number, draws[n * (length + 1) + i] as number))
      return text
    })
    return {
      inputs: { shape: [count, length], data: Float64Array.from(texts.flatMap(text => text.slice(0, length))) },
      targets: { shape: [count], data: Float64Array.from(texts, text => text[length] as number) },
    }
  }
  const block = { width: 16, heads: 2, hidden: 64, norm: 'layernorm', placement: 'pre', feedforward: 'mlp', activation: 'relu', causal: true }
  return {
    network: {
      input: [length],
      nodes: [
        { name: 'embedding', primitive: 'embedding', spec: { vocabulary: letters, width: 16, positions: length }, inputs: ['input'] },
        { name: 'block', primitive: 'transformer-block', spec: block, inputs: ['embedding'] },
        { name: 'head', primitive: 'softmax-head', spec: { in: 16, classes: letters, positions: 'last' }, inputs: ['block'] },
      ],
      output: 'head',
      likelihood: 'categorical',
    },
    training: sample(10, 96),
    validation: sample(20, 384),
  }
}

function softmax(logits: readonly number[]): readonly number[] {
  const largest = Math.max(...logits)
  const powers = logits.map(z => Math.exp(z - largest))
  const sum = powers.reduce((a, b) => a + b)
  return powers.map(power => power / sum)
}

/** The class in whose stretch of [0, 1) a draw falls. */
function drawn(probabilities: readonly number[], draw: number): number {
  let below = 0
  const found = probabilities.findIndex(p => draw < (below += p))
  return found === -1 ? probabilities.length - 1 : found
}
