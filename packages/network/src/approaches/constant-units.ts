import type { Approach, TensorData } from '@dead-directions/registry'
import type { ChainMap } from '../chain.ts'
import type { ParameterValues } from '../parameters.ts'
import { smallOnes } from './gap.ts'
import { ends } from './moved.ts'
import { row } from './unit-channels.ts'

/**
 * Hidden units whose incoming weights are small beside the layer's while their bias is not: they become a second bias.
 * Source: Farrugia-Roberts, arXiv 2305.05089; the readout of arXiv 2606.05957 (theory row F.2b).
 *
 * @param taken units already explained, as `layer:index`
 */
export function constantUnits(maps: readonly ChainMap[], parameters: ParameterValues, taken: ReadonlySet<string>): readonly Approach[] {
  return maps.slice(0, -1).flatMap(map => {
    if (map.activation.symmetry === 'linear' || map.bias === null) return []
    const units = Array.from({ length: map.out }, (_, i) => i)
    const sizes = units.map(i => Math.hypot(...row(map, i, parameters).subarray(0, map.in)))
    const small = smallOnes(sizes)
    return units.filter(i => small.has(i) && !taken.has(`${map.layer}:${i}`)).map(i => constant(map, i, (sizes[i] as number) / Math.max(...sizes), parameters))
  })
}

function constant(map: ChainMap, index: number, distance: number, parameters: ParameterValues): Approach {
  const weight = Float64Array.from((parameters[map.weight] as TensorData).data).fill(0, index * map.in, (index + 1) * map.in)
  const incoming = row(map, index, parameters).subarray(0, map.in)
  const size = Math.hypot(...incoming)
  const input = new Float64Array(map.in + 1)
  input.set(incoming.map(w => w / size))
  return {
    kind: 'constant unit',
    label: `unit ${index} of ${map.layer} becoming constant`,
    ...ends(parameters, { [map.weight]: weight }),
    distance,
    members: [{ layer: map.layer, output: new Float64Array(map.out).fill(1, index, index + 1), input }],
    length: 1,
    flats: [],
    family: [],
  }
}
