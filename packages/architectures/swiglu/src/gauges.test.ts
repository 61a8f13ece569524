import { exactData, exactTensor } from '@dead-directions/autodiff'
import { nodeBackend } from '@dead-directions/backend-node'
import { forward, initialParameters, parameterTensors, type ParameterValues, standardNormals, uniforms } from '@dead-directions/network'
import type { GaugeDeclaration, TensorData } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { chainOf } from '../test/chain.ts'
import { gauges } from './gauges.ts'
import type { SwigluSpec } from './spec.ts'

beforeAll(() => nodeBackend.install())

const units = 5

/** Unit i of the moved rows is `scale` times unit `from` of the old ones. */
type Element = readonly { readonly from: number; readonly scale: number }[]

const elements: Readonly<Partial<Record<GaugeDeclaration['kind'], Element>>> = {
  rescaling: Array.from(uniforms(9, units), (u, from) => ({ from, scale: 0.2 + 3 * u })),
  permutation: [3, 0, 4, 1, 2].map(from => ({ from, scale: 1 })),
}

function acted({ kind, rows, columns }: GaugeDeclaration, parameters: ParameterValues): ParameterValues {
  const element = elements[kind] as Element
  const moved: Record<string, TensorData> = { ...parameters }
  const transform = (names: readonly string[], entryOf: (data: Float64Array, at: number, width: number) => number): void => {
    for (const name of names.map(own => `1.${own}`)) {
      const { shape, data } = moved[name] as TensorData
      moved[name] = { shape, data: data.map((_, at) => entryOf(data, at, shape[1] as number)) }
    }
  }
  transform(rows as readonly string[], (data, at, width) => {
    const { from, scale } = element[Math.floor(at / width)]!
    return scale * data[from * width + (at % width)]!
  })
  transform(columns as readonly string[], (data, at, width) => {
    const { from, scale } = element[at % width]!
    return data[at - (at % width) + from]! / scale
  })
  return moved
}

async function outputOf(spec: SwigluSpec, parameters: ParameterValues): Promise<Float64Array> {
  const tensors = parameterTensors(parameters)
  const x = exactTensor(standardNormals(3, 6 * spec.width), [6, spec.width])
  const output = tf.tidy(() => forward(chainOf([spec]), tensors, x))
  const data = await exactData(output)
  tf.dispose([output, x, ...Object.values(tensors)])
  return data
}

test.each([
  [{ width: 3, hidden: units }, [['rescaling', 'up.weight'], ['permutation', 'gate.weight', 'up.weight']]],
  [{ width: 3, hidden: units, activation: 'gelu' }, [['rescaling', 'up.weight'], ['permutation', 'gate.weight', 'up.weight']]],
  [{ width: 3, hidden: units, activation: 'relu' }, [['rescaling', 'up.weight'], ['rescaling', 'gate.weight'], ['permutation', 'gate.weight', 'up.weight']]],
] as const)('%j: elements of %j leave the output as it was', async (spec, expected) => {
  const declared = gauges(spec)
  expect(declared.map(({ kind, rows }) => [kind, ...rows])).toEqual(expected)
  const parameters = initialParameters(chainOf([spec]), 5)
  const before = await outputOf(spec, parameters)
  for (const gauge of declared) {
    const moved = acted(gauge, parameters)
    for (const name of [...gauge.rows, ...gauge.columns]) expect(moved[`1.${name}`]).not.toEqual(parameters[`1.${name}`])
    const after = await outputOf(spec, moved)
    after.forEach((value, at) => expect(Math.abs(value - before[at]!)).toBeLessThan(1e-12))
  }
})

test('a smooth gate cannot be rescaled', async () => {
  const spec = { width: 3, hidden: units }
  const parameters = initialParameters(chainOf([spec]), 5)
  const moved = acted({ kind: 'rescaling', rows: ['gate.weight'], columns: ['down.weight'], units }, parameters)
  const [before, after] = [await outputOf(spec, parameters), await outputOf(spec, moved)]
  expect(Math.max(...before.map((value, i) => Math.abs(value - after[i]!)))).toBeGreaterThan(1e-3)
})
