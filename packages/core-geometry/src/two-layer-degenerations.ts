import type { Degeneration } from './statistical-model.ts'
import type { TwoLayerShape } from './two-layer.ts'

/** Incoming weights of a unit in general position. */
const incoming = (input: number) => (input % 2 === 0 ? 1 : -1) / (input + 1)
/** Outgoing weights of a unit in general position. */
const outgoing = (output: number) => 1 / (output + 1)

/** The first unit that the teacher does not need goes to zero, incoming and outgoing weights together. */
export function unitVanishes(truth: Float64Array, shape: TwoLayerShape): Degeneration {
  const direction = new Float64Array(truth.length)
  setIncoming(direction, shape, incoming)
  setOutgoing(direction, shape, outgoing)
  return { name: 'unit vanishes', approach: { origin: truth, direction }, klOrder: 2 }
}

/** Only the incoming weights of the unit go to zero. */
export function incomingVanishes(truth: Float64Array, shape: TwoLayerShape): Degeneration {
  const origin = truth.slice()
  setOutgoing(origin, shape, outgoing)
  const direction = new Float64Array(truth.length)
  setIncoming(direction, shape, incoming)
  return { name: 'incoming weights vanish', approach: { origin, direction }, klOrder: 1 }
}

/** Only the outgoing weights of the unit go to zero. */
export function outgoingVanishes(truth: Float64Array, shape: TwoLayerShape): Degeneration {
  const origin = truth.slice()
  setIncoming(origin, shape, incoming)
  const direction = new Float64Array(truth.length)
  setOutgoing(direction, shape, outgoing)
  return { name: 'outgoing weights vanish', approach: { origin, direction }, klOrder: 1 }
}

/** The teacher's first unit is split 1 : 3, and the two parts merge along their separation at fixed output-weighted mean. */
export function unitsMerge(truth: Float64Array, shape: TwoLayerShape): Degeneration {
  const direction = new Float64Array(truth.length)
  for (let i = 0; i < shape.inputs; i++) {
    direction[shape.inner(0, i)] = 3 * incoming(i)
    direction[shape.inner(shape.units, i)] = -incoming(i)
  }
  return { name: 'units merge', approach: { origin: split(truth, shape), direction }, klOrder: 2 }
}

/** The teacher's first unit is split 1 : 3, and only one part moves. */
export function copyMoves(truth: Float64Array, shape: TwoLayerShape): Degeneration {
  const direction = new Float64Array(truth.length)
  setIncoming(direction, shape, incoming)
  return { name: 'one copy moves', approach: { origin: split(truth, shape), direction }, klOrder: 1 }
}

function split(truth: Float64Array, shape: TwoLayerShape): Float64Array {
  const origin = truth.slice()
  setIncoming(origin, shape, i => truth[shape.inner(0, i)]!)
  for (let o = 0; o < shape.outputs; o++) {
    origin[shape.outer(o, shape.units)] = 0.75 * truth[shape.outer(o, 0)]!
    origin[shape.outer(o, 0)] = 0.25 * truth[shape.outer(o, 0)]!
  }
  return origin
}

function setIncoming(theta: Float64Array, shape: TwoLayerShape, weight: (input: number) => number): void {
  for (let i = 0; i < shape.inputs; i++) theta[shape.inner(shape.units, i)] = weight(i)
}

function setOutgoing(theta: Float64Array, shape: TwoLayerShape, weight: (output: number) => number): void {
  for (let o = 0; o < shape.outputs; o++) theta[shape.outer(o, shape.units)] = weight(o)
}
