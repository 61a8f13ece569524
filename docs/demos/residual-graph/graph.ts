import type { NetworkDescription, NodeDescription } from '@dead-directions/registry'

/** A skip from the output of one layer, 0 being the input, to the sum behind another. */
export interface Skip {
  readonly from: number
  readonly to: number
}

/** @throws RangeError naming the part that is no skip inside the chain */
export function parseSkips(text: string, layers: number): readonly Skip[] {
  const skips = text.split(/[\s,]+/).filter(part => part !== '').map(part => {
    const [from, to] = (/^(\d)-(\d)$/.exec(part)?.slice(1) ?? []).map(Number) as [number?, number?]
    if (from === undefined || to === undefined || from >= to) throw new RangeError(`skips: got ${JSON.stringify(part)}, expected two layers in rising order such as 1-3`)
    return { from, to }
  })
  return skips.filter(({ to }) => to <= layers)
}

export function skipsText(skips: readonly Skip[]): string {
  return skips.map(({ from, to }) => `${from}-${to}`).join(' ')
}

/** The skips with one more, or one less where it was there. */
export function toggled(skips: readonly Skip[], { from, to }: Skip): readonly Skip[] {
  const others = skips.filter(skip => skip.from !== from || skip.to !== to)
  return others.length < skips.length ? others : [...skips, { from, to }].sort((a, b) => a.from - b.from || a.to - b.to)
}

/** A chain of linear layers in which a sum follows every layer that a skip leads to. */
export function chainWithSkips(layers: number, skips: readonly Skip[], width: number): NetworkDescription {
  const outputs = ['input']
  const nodes: NodeDescription[] = []
  for (let layer = 1; layer <= layers; layer++) {
    nodes.push({ name: `layer${layer}`, primitive: 'linear', spec: { in: width, out: width }, inputs: [outputs[layer - 1] as string] })
    const sources = skips.filter(({ to }) => to === layer).map(({ from }) => outputs[from] as string)
    if (sources.length > 0) nodes.push({ name: `sum${layer}`, primitive: 'residual', spec: { inputs: sources.length + 1 }, inputs: [`layer${layer}`, ...sources] })
    outputs.push(sources.length > 0 ? `sum${layer}` : `layer${layer}`)
  }
  return { input: [width], nodes, output: outputs[layers] as string, likelihood: 'gaussian' }
}

/** A way from a layer to the output along which every step accounts for the rates at its ends. */
export function shortestPath(rates: readonly number[], skips: readonly Skip[], from: number): readonly Skip[] {
  const path: Skip[] = []
  for (let at = from; at < rates.length - 1; ) {
    const skip = skips.find(one => one.from === at && rates[one.to] === rates[at])
    path.push(skip ?? { from: at, to: at + 1 })
    at = skip?.to ?? at + 1
  }
  return path
}
