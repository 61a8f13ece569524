import { exactData, exactTensor } from '@dead-directions/autodiff'
import { generalPosition, probe, studiesOf } from '@dead-directions/conformance'
import { presetRegistry } from '@dead-directions/dead-directions'
import { factorSpectra, kroneckerFactors, layerData } from '@dead-directions/kfac'
import { buildNetwork, forward, type Network, parameterTensors, standardNormals, uniforms } from '@dead-directions/network'
import type { ProbeStudy } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import type { ContractCase } from './contract-case.ts'

const WIDTH = 4
const DEPTH = 2
const SAMPLES = 6

/** Forward values, gradients, factors and rates of every built-in primitive. */
export function primitiveCases(): readonly ContractCase[] {
  const registry = presetRegistry()
  return registry.architectures.flatMap(architecture => {
    const [study] = studiesOf(architecture, WIDTH, [DEPTH])
    if (study === undefined) throw new Error(`${architecture.name}: its example makes no chain and it lists no probes`)
    const network = buildNetwork(study.network, registry)
    return [
      { suite: 'forward', name: architecture.name, measure: 'relative', compute: () => outputs(network, study) },
      { suite: 'gradient', name: architecture.name, measure: 'relative', compute: () => gradients(network, study) },
      { suite: 'factors', name: architecture.name, measure: 'relative', compute: () => factors(network, study) },
      { suite: 'spectra', name: architecture.name, measure: 'relative', compute: () => spectra(network, study) },
      { suite: 'rates', name: architecture.name, measure: 'absolute', compute: () => rates(network, study) },
    ] satisfies ContractCase[]
  })
}

async function outputs(network: Network, study: ProbeStudy): Promise<Float64Array> {
  return withTensors(network, study, (parameters, inputs) => [forward(network, parameters, inputs)])
}

/** Of a fixed combination of the outputs by every parameter. */
async function gradients(network: Network, study: ProbeStudy): Promise<Float64Array> {
  return withTensors(network, study, (parameters, inputs) => {
    const names = Object.keys(parameters)
    if (names.length === 0) return []
    const loss = (...values: tf.Tensor[]) => {
      const output = forward(network, Object.fromEntries(names.map((name, i) => [name, values[i] as tf.Tensor])), inputs)
      return tf.sum(tf.mul(output, exactTensor(standardNormals(5, output.size), output.shape))) as tf.Scalar
    }
    return tf.grads(loss)(names.map(name => parameters[name] as tf.Tensor))
  })
}

async function factors(network: Network, study: ProbeStudy): Promise<Float64Array> {
  return withTensors(network, study, (parameters, inputs) =>
    kroneckerFactors(network, parameters, inputs, { kind: 'sampled', seed: 3, draws: 1 }).flatMap(({ activation, gradient }) => [activation, gradient]),
  )
}

/** Singular values of every layer's data, computed on the CPU in float64 from what the backend gave. */
async function spectra(network: Network, study: ProbeStudy): Promise<Float64Array> {
  const parameters = parameterTensors(generalPosition(network, 3))
  const inputs = inputsOf(network, study)
  const layers = await layerData(network, parameters, inputs, { kind: 'sampled', seed: 3, draws: 1 })
  tf.dispose([...Object.values(parameters), inputs])
  return joined(layers.flatMap(layer => Object.values(factorSpectra(layer)).map(values => Float64Array.from(values as ArrayLike<number>))))
}

/** Of the dead channel at every node; NaN where the backend's floor leaves no straight window. */
async function rates(network: Network, study: ProbeStudy): Promise<Float64Array> {
  const { rows } = await probe(network, study)
  return Float64Array.from(rows, ({ measured }) => measured ?? NaN)
}

async function withTensors(network: Network, study: ProbeStudy, compute: (parameters: Record<string, tf.Tensor>, inputs: tf.Tensor) => readonly tf.Tensor[]): Promise<Float64Array> {
  const results = tf.tidy(() => [...compute(parameterTensors(generalPosition(network, 3)), inputsOf(network, study))])
  const values = await Promise.all(results.map(exactData))
  tf.dispose(results)
  return joined(values)
}

function inputsOf(network: Network, { tokens }: ProbeStudy): tf.Tensor {
  const shape = [SAMPLES, ...network.description.input]
  const size = tf.util.sizeFromShape(shape)
  return exactTensor(tokens === undefined ? standardNormals(7, size) : uniforms(7, size).map(u => Math.floor(u * tokens)), shape)
}

function joined(parts: readonly Float64Array[]): Float64Array {
  return Float64Array.from(parts.flatMap(part => [...part]))
}
