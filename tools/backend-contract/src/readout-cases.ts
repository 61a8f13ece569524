import { presetRegistry } from '@dead-directions/dead-directions'
import { buildNetwork, initialParameters, type ParameterValues, standardNormals } from '@dead-directions/network'
import { readout } from '@dead-directions/readout'
import type { Backend, NetworkDescription } from '@dead-directions/registry'
import { matrix } from '@dead-directions/linalg'
import type { ContractCase } from './contract-case.ts'

const SAMPLES = 60

/** A checkpoint near one of its singular points. */
interface Near {
  readonly name: string
  readonly network: NetworkDescription
  /** What is scaled down, by parameter: rows of a weight or its whole. */
  readonly dying: (parameters: ParameterValues) => ParameterValues
}

const checkpoints: readonly Near[] = [
  {
    name: 'deep linear, one channel dying',
    network: chain('identity', [3, 3, 3, 2]),
    dying: parameters => scaled(parameters, { 'body.fc1.weight': [2], 'body.fc2.weight': [2] }, 0.02),
  },
  {
    name: 'tanh network, one unit dying',
    network: chain('tanh', [2, 3, 1]),
    dying: parameters => scaled(parameters, { 'body.fc1.weight': [2], 'body.fc1.bias': [2] }, 0.02),
  },
]

/** Orders of every channel of checkpoints near a singular point, as the readout gives them; NaN where it refuses. */
export function readoutCases(): readonly ContractCase[] {
  return checkpoints.map(near => ({ suite: 'readout', name: near.name, measure: 'absolute', compute: backend => orders(near, backend) }))
}

async function orders({ network: description, dying }: Near, backend: Backend): Promise<Float64Array> {
  const network = buildNetwork(description, presetRegistry())
  const width = description.input[0] as number
  const inputs = matrix(SAMPLES, width, standardNormals(11, SAMPLES * width))
  const report = await readout(network, dying(initialParameters(network, 3)), inputs, backend)
  return Float64Array.from(report.channels.flatMap(({ klOrder, fromFisher, fromDivergence }) => [klOrder, fromFisher, fromDivergence]), reading => reading?.value ?? NaN)
}

function chain(activation: string, widths: readonly number[]): NetworkDescription {
  return { input: [widths[0] as number], nodes: [{ name: 'body', primitive: 'mlp', spec: { widths, activation }, inputs: ['input'] }], output: 'body', likelihood: 'gaussian' }
}

/** The parameters with the named rows multiplied by `factor`. */
function scaled(parameters: ParameterValues, rows: Readonly<Record<string, readonly number[]>>, factor: number): ParameterValues {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { shape, data }]) => {
      const width = data.length / (shape[0] as number)
      return [name, { shape, data: data.map((value, i) => (rows[name]?.includes(Math.floor(i / width)) ? factor * value : value)) }]
    }),
  )
}
