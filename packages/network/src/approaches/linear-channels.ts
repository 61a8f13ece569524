import { column, identity, type Matrix, matrix, multiply, svd, transpose } from '@dead-directions/linalg'
import type { Approach, ApproachMember, TensorData } from '@dead-directions/registry'
import type { ChainMap } from '../chain.ts'
import type { ParameterValues } from '../parameters.ts'
import { rankByGap } from './gap.ts'
import { ends } from './moved.ts'

/** A layer's excess counts as dying when it is under this fraction of the layer's weakest living direction. */
const SMALL = 0.3

/** Below this fraction it is rounding error: the layer has no excess to scale. */
const ROUNDED = 1e-13

/** The end-to-end map of consecutive linear maps and the rank its spectrum shows. */
export interface LinearRun {
  readonly maps: readonly ChainMap[]
  /** The weights, that of logits without its mean over outputs. */
  readonly weights: readonly Matrix[]
  /** Singular values of the product of the weights, descending. */
  readonly spectrum: Float64Array
  readonly rank: number
  /** Ratio across the gap below the rank; `null` when no gap was found and the rank is full. */
  readonly gap: number | null
  readonly left: Matrix
  readonly right: Matrix
}

/**
 * The run's end-to-end map, decomposed.
 *
 * @param logits whether it ends in the logits of a softmax: their mean is gauge and is taken off the last weight
 */
export function linearRun(maps: readonly ChainMap[], parameters: ParameterValues, logits: boolean): LinearRun {
  const last = maps.length - 1
  const weights = maps.map((map, l) => {
    const weight = matrix(map.out, map.in, (parameters[map.weight] as TensorData).data)
    return logits && l === last ? centred(weight) : weight
  })
  const { u, s, v } = svd(weights.reduce((product, weight) => multiply(weight, product), identity((maps[0] as ChainMap).in)))
  const narrowest = Math.min(...maps.flatMap((map, l) => [map.in, map.out - (logits && l === last ? 1 : 0)]))
  const spectrum = s.slice(0, narrowest)
  return { maps, weights, spectrum, ...rankByGap(spectrum), left: u, right: v }
}

/**
 * The dying channels of a run of linear maps: everything that the end-to-end map keeps below its gap.
 *
 * With `M = U S Vᵀ` cut at its rank, the interface behind map ℓ splits, obliquely, into what the signal fills,
 * `W_ℓ…W_1 V`, and what the signal does not read, the kernel of `Uᵀ W_L…W_{ℓ+1}`. Every map respects the split exactly,
 * so scaling the second part of each by τ scales the excess of M by `τ^L` and touches nothing else: no leak, whatever the alignment.
 * Source: arXiv 2606.05957, the readout (theory row F.2a), for the channels; the split is standard linear algebra.
 */
export function linearChannels(run: LinearRun, parameters: ParameterValues): readonly Approach[] {
  const signal = signalProjectors(run)
  const layers = run.weights.map((weight, l) => excessOf(weight, signal[l] as Matrix, signal[l + 1] as Matrix, run.rank))
  const dying = layers.map(({ size, living }) => size > ROUNDED * living && size <= SMALL * living)
  const length = dying.filter(Boolean).length
  if (length === 0) return []

  const origin: Record<string, Float64Array> = {}
  const members: ApproachMember[] = []
  run.maps.forEach((map, l) => {
    const layer = layers[l] as Excess
    if (!dying[l]) return
    origin[map.weight] = (parameters[map.weight] as TensorData).data.map((value, i) => value - (layer.part.data[i] as number))
    members.push(...layer.directions.map(({ output, input }) => ({ layer: map.layer, output, input: withBias(map, input) })))
    const bias = map.bias === null ? null : (parameters[map.bias] as TensorData).data
    // The last map's bias is the output's own; a bias inside the run belongs to the part of the interface it lies in.
    if (bias !== null && l < run.maps.length - 1) {
      origin[map.bias as string] = multiply(signal[l + 1] as Matrix, matrix(bias.length, 1, bias)).data
    }
  })
  const first = run.maps[0] as ChainMap
  const last = run.maps.at(-1) as ChainMap
  return [
    {
      kind: 'vanishing channel',
      label: `the part of ${first === last ? first.layer : `${first.layer} … ${last.layer}`} beyond rank ${run.rank}`,
      ...ends(parameters, origin),
      distance: Math.max(...layers.filter((_, l) => dying[l]).map(({ size, living }) => size / living)),
      members,
      length,
      flats: [],
      family: [],
    },
  ]
}

/** `Π_ℓ`, the projector onto what the signal fills at each interface along what it does not read. */
function signalProjectors({ weights, left, right, spectrum, rank }: LinearRun): readonly Matrix[] {
  const fills = [columns(right, rank)]
  for (const weight of weights) fills.push(multiply(weight, fills.at(-1) as Matrix))
  const reads = [columns(left, rank)]
  for (const weight of weights.toReversed()) reads.unshift(multiply(transpose(weight), reads[0] as Matrix))
  // Between the two stands Uᵀ M V = S, so its inverse makes the product a projector.
  return fills.map((fill, l) => {
    const scaled = matrix(fill.rows, rank, fill.data.map((value, i) => value / (spectrum[i % rank] as number)))
    return multiply(scaled, transpose(reads[l] as Matrix))
  })
}

interface Excess {
  readonly part: Matrix
  readonly directions: readonly { readonly output: Float64Array; readonly input: Float64Array }[]
  /** Largest singular value of the excess, and the smallest living one it is compared with. */
  readonly size: number
  readonly living: number
}

function excessOf(weight: Matrix, before: Matrix, after: Matrix, rank: number): Excess {
  const part = multiply(complement(after), multiply(weight, complement(before)))
  const { u, s, v } = svd(part)
  const count = Math.max(0, Math.min(weight.rows, weight.cols) - rank)
  const directions = Array.from({ length: count }, (_, i) => ({ output: column(u, i), input: column(v, i) })).filter((_, i) => (s[i] as number) > 0)
  const signal = svd(multiply(after, multiply(weight, before))).s
  return { part, directions, size: count === 0 ? 0 : (s[0] as number), living: rank === 0 ? 1 : (signal[rank - 1] as number) }
}

function complement(projector: Matrix): Matrix {
  const result = identity(projector.rows)
  return matrix(result.rows, result.cols, result.data.map((value, i) => value - (projector.data[i] as number)))
}

/** Without the mean over its rows. */
function centred(weight: Matrix): Matrix {
  const means = new Float64Array(weight.cols)
  weight.data.forEach((value, i) => (means[i % weight.cols] = (means[i % weight.cols] as number) + value / weight.rows))
  return matrix(weight.rows, weight.cols, weight.data.map((value, i) => value - (means[i % weight.cols] as number)))
}

function columns(a: Matrix, count: number): Matrix {
  const kept = Array.from({ length: a.rows }, (_, i) => a.data.subarray(i * a.cols, i * a.cols + count))
  return matrix(a.rows, count, Float64Array.from(kept.flatMap(row => [...row])))
}

/** A direction over a layer's inputs, with the constant of its bias where it has one. */
export function withBias(map: ChainMap, input: Float64Array): Float64Array {
  if (map.bias === null) return input
  const longer = new Float64Array(input.length + 1)
  longer.set(input)
  return longer
}
