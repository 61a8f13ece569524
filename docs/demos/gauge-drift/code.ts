import type { GaugeState } from './model.ts'

export function code({ gauge, steps, hidden, seed }: GaugeState): string {
  const [activation, moves] = gauge === 'rescaling' ? ['relu', "gauges.filter(({ kind }) => kind === 'rescaling')"] : ['identity', "gauges.filter(({ kind }) => kind === 'general-linear').map(({ label, units, slots }) => gaugeOf({ kind: 'rotation', label, units, slots }))"]
  return `import { buildNetwork, checkEquivariance, DDCAdam, exactTensor, findGauges, forward, initialParameters, nodeBackend, presetRegistry, standardNormals } from '@dead-directions/dead-directions'
${gauge === 'rescaling' ? '' : "import { gaugeOf } from '@dead-directions/quotient'\n"}import * as tf from '@tensorflow/tfjs'

await nodeBackend.install()
const network = buildNetwork({
  input: [2],
  nodes: [{ name: 'body', primitive: 'mlp', spec: { widths: [2, ${hidden}, 1], activation: '${activation}' }, inputs: ['input'] }],
  output: 'body',
  likelihood: 'gaussian',
}, presetRegistry())
const gauges = findGauges(network)
const inputs = exactTensor(standardNormals(${seed + 1}, ${32 * 2}), [32, 2])
const targets = exactTensor(standardNormals(${seed + 2}, 32), [32, 1])
const study = {
  gauge: ${moves},
  parameters: initialParameters(network, ${seed}),
  loss: (parameters: Record<string, tf.Tensor>) => tf.mean(tf.squaredDifference(forward(network, parameters, inputs), targets)).asScalar(),
  steps: ${steps},
  elements: 2,
}
console.log('Adam', await checkEquivariance(() => tf.train.adam(0.02), study))
console.log('DDCAdam', await checkEquivariance(() => new DDCAdam({ learningRate: 0.02, gauges }), study))
`
}
