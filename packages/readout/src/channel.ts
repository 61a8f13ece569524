import { agree, fitLeadingRate, geometricGrid, klOrderFromDivergence, klOrderFromFisher, type KlOrderReading, type RateFit } from '@dead-directions/core-geometry'
import type { Approach } from '@dead-directions/registry'
import { singularFluctuation } from '@dead-directions/selection-rule'
import { readoutCriteria } from './criteria.ts'
import { pathOf } from './path.ts'
import { divergencesAlong, type Measured, probeAt, type ProbePoint, type ProbeSetting } from './probe.ts'
import type { ChannelReading, Curve, DirectionReading, Reading } from './report.ts'

/** A channel's reading with those of its directions, in the order of the approach's members. */
export interface ReadChannel {
  readonly channel: ChannelReading
  readonly directions: readonly { readonly layer: string; readonly reading: Omit<DirectionReading, 'channel'> }[]
}

/**
 * The KL order of one approach, read three ways, and the rates of its directions.
 * Source: arXiv 2606.05957, rows A1, A2, A7, B4, C3 and the readout (theory row F.4).
 *
 * @param priorOrder h of a prior `|t|^h` along a dead direction
 * @param onPoint called after each point of the path
 */
export async function readChannel(setting: ProbeSetting, approach: Approach, priorOrder: number, onPoint: () => void): Promise<ReadChannel> {
  const path = pathOf(setting.parameters, approach)
  if (path.length === 0) return unreadable(approach, 'the checkpoint is this singular point itself: there is no path to read')
  const taus = geometricGrid(readoutCriteria.deepest, 1, readoutCriteria.fisherPoints)
  const points: ProbePoint[] = []
  for (const tau of taus) {
    points.push(await probeAt(setting, path, tau))
    onPoint()
  }
  const fineTaus = geometricGrid(readoutCriteria.deepest, 1, readoutCriteria.divergencePoints)
  const divergences = await divergencesAlong(setting, path, fineTaus, Math.max(...points.map(({ leak }) => leak)))
  const t = taus.map(tau => tau * path.length)
  const fisher = curve('Fisher form F(t)', t, points.map(point => point.fisher))
  const divergenceCurve = curve('divergence K(t)', fineTaus.map(tau => tau * path.length), divergences)
  const channel = combined(approach, fisher, divergenceCurve)
  const factors = approach.members.map((member, i) => ({
    layer: member.layer,
    activation: curve(`activation ⟨v, A v⟩ in ${member.layer}`, t, points.map(point => (point.members[i] as ProbePoint['members'][number]).activation)),
    gradient: curve(`gradient ⟨u, G u⟩ in ${member.layer}`, t, points.map(point => (point.members[i] as ProbePoint['members'][number]).gradient)),
  }))
  return {
    channel: { ...channel, curves: [fisher, divergenceCurve, ...factors.flatMap(({ activation, gradient }) => [activation, gradient])] },
    directions: factors.map(({ layer, activation, gradient }) => ({ layer, reading: direction(channel, predictedRates(approach, layer), activation, gradient, priorOrder) })),
  }
}

function unreadable(approach: Approach, reason: string): ReadChannel {
  const { kind, label, distance, length } = approach
  const channel: ChannelReading = { kind, label, distance, length, fromFisher: null, fromDivergence: null, klOrder: null, rule: 'none', refused: reason, far: false, curves: [] }
  const unread = { klOrder: null, standardError: null, window: null, contribution: null, nu: null, activationRate: null, gradientRate: null, duality: null, refused: reason }
  return { channel, directions: approach.members.map(({ layer }) => ({ layer, reading: { ...unread, predicted: predictedRates(approach, layer) } })) }
}

/** The rate a quantity has along a path, with everything a picture of it needs. */
export function curve(name: string, t: Float64Array, measured: readonly Measured[]): Curve {
  const values = measured.map(({ value }) => value)
  const floor = measured.map(({ floor }) => floor)
  const fit = fitLeadingRate(t, values, { floor })
  return {
    name,
    t: [...t],
    values,
    floor,
    fit: fit.kind === 'rate' ? { rate: fit.rate, standardError: fit.standardError, coefficient: fit.coefficient, window: fit.window } : null,
    localSlopes: fit.localSlopes,
    refused: fit.kind === 'refused' ? fit.reason : null,
  }
}

function combined(approach: Approach, fisher: Curve, divergence: Curve): ChannelReading {
  const fromFisher = orderOf(fisher, klOrderFromFisher)
  const fromDivergence = orderOf(divergence, klOrderFromDivergence)
  const base = {
    kind: approach.kind,
    label: approach.label,
    distance: approach.distance,
    length: approach.length,
    fromFisher,
    fromDivergence,
    far: false,
    curves: [],
  }
  const refuse = (reason: string): ChannelReading => ({ ...base, klOrder: null, rule: 'none', refused: reason })
  if (fromFisher === null) return refuse(`F: ${fisher.refused}`)
  if (fromDivergence === null && !belowFloor(divergence)) return refuse(`K: ${divergence.refused}`)
  const agreed = agree([labelled('fisher', fromFisher), ...(fromDivergence === null ? [] : [labelled('divergence', fromDivergence)])])
  if (!agreed.agrees) return refuse(`the Fisher form reads k = ${shown(fromFisher)}, the divergence k = ${shown(fromDivergence as Reading)}`)
  const klOrder: Reading = { value: agreed.value, standardError: agreed.standardError, window: fromFisher.window }
  const order = wholeOrder(klOrder)
  if (order === null) return refuse(`k = ${shown(klOrder)} is no whole number, so K is not analytic along this path`)
  const rule = order === 1 ? 'regular' : approach.length > 1 ? `crossing of ${approach.length} components` : 'smooth fibre'
  return { ...base, klOrder, rule, refused: null, far: bent(fisher) }
}

/**
 * A channel's activation rate counts the maps of the channel below the layer, its gradient rate those above, twice each;
 * units that merge keep their inputs while the difference of their gradients dies at rate 2. Source: arXiv 2606.05957, rows C2 and F.2.
 */
function predictedRates({ kind, members, length }: Approach, layer: string): DirectionReading['predicted'] {
  if (kind !== 'vanishing channel') return { activationRate: 0, gradientRate: kind === 'merging units' ? 2 : 0 }
  const below = [...new Set(members.map(member => member.layer))].indexOf(layer)
  return { activationRate: 2 * below, gradientRate: 2 * (length - 1 - below) }
}

function direction(channel: ChannelReading, predicted: DirectionReading['predicted'], activation: Curve, gradient: Curve, priorOrder: number): Omit<DirectionReading, 'channel'> {
  const rates = { activationRate: activation.fit?.rate ?? null, gradientRate: gradient.fit?.rate ?? null, predicted }
  const order = channel.klOrder === null ? null : wholeOrder(channel.klOrder)
  const duality = dualityOf(channel, activation, gradient)
  const refused =
    channel.refused ??
    (duality === null
      ? `factors: ${activation.refused ?? gradient.refused}`
      : duality.agrees
        ? null
        : `the factors read k = ${shown({ value: duality.klOrder, standardError: duality.standardError })}, the path k = ${shown(channel.klOrder as Reading)}`)
  if (refused !== null || order === null || channel.klOrder === null) {
    return { klOrder: null, standardError: null, window: null, contribution: null, nu: null, ...rates, duality, refused }
  }
  const h = order === 1 ? 0 : priorOrder
  return {
    klOrder: channel.klOrder.value,
    standardError: channel.klOrder.standardError,
    window: channel.klOrder.window,
    contribution: (h + 1) / (2 * order),
    nu: h === 0 ? singularFluctuation(order).value : null,
    ...rates,
    duality,
    refused,
  }
}

function dualityOf(channel: ChannelReading, activation: Curve, gradient: Curve): DirectionReading['duality'] {
  if (activation.fit === null || gradient.fit === null) return null
  const klOrder = 1 + (activation.fit.rate + gradient.fit.rate) / 2
  const standardError = Math.hypot(activation.fit.standardError, gradient.fit.standardError) / 2
  const agrees = channel.klOrder !== null && agree([labelled('path', channel.klOrder), { source: 'factors', klOrder, standardError }]).agrees
  return { klOrder, standardError, agrees }
}

/** The KL order as a whole number, or `null` when it is none within its error. */
export function wholeOrder({ value, standardError }: Pick<Reading, 'value' | 'standardError'>): number | null {
  const order = Math.round(value)
  return order >= 1 && Math.abs(value - order) <= Math.max(readoutCriteria.wholeOrder, 3 * standardError) && standardError < readoutCriteria.orderError ? order : null
}

function labelled(source: string, { value, standardError }: Reading): KlOrderReading {
  return { source, klOrder: value, standardError }
}

function orderOf(curve: Curve, order: (fit: RateFit) => KlOrderReading): Reading | null {
  if (curve.fit === null) return null
  const fit: RateFit = { kind: 'rate', points: curve.t.length, localSlopes: curve.localSlopes, ...curve.fit }
  const { klOrder, standardError } = order(fit)
  return { value: klOrder, standardError, window: curve.fit.window }
}

/** Whether the local order at the checkpoint itself, the largest t, is not that of the window. */
function bent({ fit, localSlopes }: Curve): boolean {
  const last = localSlopes.reduce((a, b) => (a.t > b.t ? a : b))
  return fit !== null && Math.abs(last.slope - fit.rate) > readoutCriteria.farSlope
}

/** Too few values above the floor: a quantity that cannot be read here, which is no contradiction. */
function belowFloor({ values, floor }: Curve): boolean {
  return values.filter((value, i) => value > 100 * (floor[i] as number)).length < values.length / 4
}

function shown({ value, standardError }: Pick<Reading, 'value' | 'standardError'>): string {
  return `${value.toFixed(3)} ± ${standardError.toFixed(3)}`
}
