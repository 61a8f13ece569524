import type { TensorData } from '@dead-directions/registry'
import type { AttentionSpec } from '../src/index.ts'

type Rows = readonly (readonly number[])[]

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const rowOf = (rows: Rows, i: number): readonly number[] => rows[i] as readonly number[]
const entry = (rows: Rows, i: number, j: number): number => rowOf(rows, i)[j] as number

/** `xs · weightᵀ + bias`, position by position. */
function affine(parameters: Readonly<Record<string, TensorData>>, name: string, xs: Rows): number[][] {
  const { shape, data } = parameters[`${name}.weight`] as TensorData
  const [out, width] = shape as [number, number]
  return xs.map(x =>
    Array.from({ length: out }, (_, i) => sum(x.map((value, j) => value * (data[i * width + j] as number))) + (parameters[`${name}.bias`]?.data[i] ?? 0)),
  )
}

/** Pairs (2i, 2i+1) of one head's slice as complex numbers, turned by `position · base^(-2i/width)`. */
function turned(slice: readonly number[], position: number, base: number): number[] {
  return slice.map((value, at) => {
    const angle = position / base ** ((at - (at % 2)) / slice.length)
    return at % 2 === 0
      ? value * Math.cos(angle) - (slice[at + 1] as number) * Math.sin(angle)
      : value * Math.cos(angle) + (slice[at - 1] as number) * Math.sin(angle)
  })
}

/** Softmax of each row of scores, later positions left out when causal. */
export function plainWeights(scores: Rows, causal: boolean): number[][] {
  return scores.map((row, i) => {
    const powers = row.map((score, j) => (causal && j > i ? 0 : Math.exp(score)))
    return powers.map(power => power / sum(powers))
  })
}

/** Self-attention of one sample by loops over heads and positions. */
export function plainAttention(spec: AttentionSpec, parameters: Readonly<Record<string, TensorData>>, xs: Rows): number[][] {
  const heads = spec.heads ?? 1
  const headWidth = spec.headWidth ?? spec.width / heads
  const perKey = heads / (spec.keyValueHeads ?? heads)
  const [q, k, v] = ['q', 'k', 'v'].map(name => affine(parameters, name, xs)) as [number[][], number[][], number[][]]
  const joined = xs.map((): number[] => [])
  for (let head = 0; head < heads; head++) {
    const slice = (rows: Rows, at: number): number[][] => rows.map(row => row.slice(at * headWidth, (at + 1) * headWidth))
    const place = (rows: number[][]): number[][] => (spec.rope ? rows.map((row, i) => turned(row, i, (spec.rope as { base?: number }).base ?? 10000)) : rows)
    const shared = Math.floor(head / perKey)
    const [queries, keys, values] = [place(slice(q, head)), place(slice(k, shared)), slice(v, shared)]
    const scale = spec.scale ?? 1 / Math.sqrt(headWidth)
    const scores = queries.map(query => keys.map(key => scale * sum(query.map((value, c) => value * (key[c] as number)))))
    plainWeights(scores, spec.causal ?? false).forEach((weights, i) => {
      for (let c = 0; c < headWidth; c++) joined[i]?.push(sum(weights.map((weight, j) => weight * entry(values, j, c))))
    })
  }
  return affine(parameters, 'o', joined)
}
