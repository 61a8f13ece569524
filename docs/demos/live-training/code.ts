import type { TrainingState } from './model.ts'

export function code({ task, modulus, hidden, decay, optimizer, seed }: TrainingState): string {
  const [make, rate] = optimizer === 'adam' ? ['tf.train.adam(0.01)', 0.01] : ['tf.train.momentum(0.3, 0.9)', 0.3]
  return `import { buildNetwork, exactTensor, forward, initialParameters, matrix, nodeBackend, presetRegistry, singularValues } from '@dead-directions/dead-directions'
import * as tf from '@tensorflow/tfjs'

await nodeBackend.install()
const p = ${modulus}
const classCount = ${task === 'carry' ? 2 : 'p'}
const network = buildNetwork({
  input: [2 * p],
  nodes: [{ name: 'body', primitive: 'mlp', spec: { widths: [2 * p, ${hidden}, classCount], activation: 'relu' }, inputs: ['input'] }],
  output: 'body',
  likelihood: 'categorical',
}, presetRegistry())
const variables = Object.fromEntries(
  Object.entries(initialParameters(network, ${seed})).map(([name, { shape, data }]) => [name, tf.variable(exactTensor(data, shape))]),
)
const inputs = new Float64Array(p ** 2 * 2 * p)
const classes = new Float64Array(p ** 2 * classCount)
for (let a = 0; a < p; a++) for (let b = 0; b < p; b++) {
  const row = a * p + b
  inputs[row * 2 * p + a] = inputs[row * 2 * p + p + b] = classes[row * classCount + ${task === 'carry' ? 'Math.floor((a + b) / p)' : '((a + b) % p)'}] = 1
}
const [x, y] = [exactTensor(inputs, [p ** 2, 2 * p]), exactTensor(classes, [p ** 2, classCount])]
const optimizer = ${make}
for (let step = 0; step < 50; step++) {
  tf.tidy(() => Object.values(variables).forEach(variable => variable.assign(tf.mul(variable, 1 - ${rate} * ${decay}))))
  optimizer.minimize(() => tf.losses.softmaxCrossEntropy(y, forward(network, variables, x)).asScalar())
}
console.log(singularValues(matrix(${hidden}, 2 * p, Float64Array.from(variables['body.fc1.weight']!.dataSync()))))
`
}
