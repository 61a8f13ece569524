import type { ActivationName } from '@dead-directions/arch-mlp'
import { exactTensor } from '@dead-directions/autodiff'
import { fitLeadingRate, geometricGrid, type RateFit, type RateRefusal } from '@dead-directions/core-geometry'
import { factorSpectra, type LayerData, layerData, secondMoment } from '@dead-directions/kfac'
import { identity, type Matrix, matrix, multiply, transpose } from '@dead-directions/linalg'
import { buildNetwork, canonicalApproach, type Network, parameterTensors, type ParameterValues, standardNormals } from '@dead-directions/network'
import * as tf from '@tensorflow/tfjs'
import { float64 } from '../shell/float64.ts'
import type { Compute, Line, Outcome } from '../shell/reading.ts'

export interface LadderState {
  readonly depth: number
  readonly activation: Extract<ActivationName, 'identity' | 'tanh' | 'gelu' | 'relu'>
  readonly bias: boolean
  readonly rotation: number
  readonly t: number
  readonly seed: number
}

/** Fitted rates of the dead entries of one layer, with what theory says of each, or `null`. */
export interface Rung {
  readonly activation: RateFit | RateRefusal
  readonly gradient: RateFit | RateRefusal
  readonly predictedActivation: number | null
  readonly predictedGradient: number | null
}

export interface LadderOutcome extends Outcome {
  readonly rungs: readonly Rung[]
  /** Singular values of the data matrices at the t chosen, layer by layer. */
  readonly spectra: readonly { readonly activation: Float64Array; readonly gradient: Float64Array }[]
}

const width = 3
const samples = 48

export const compute: Compute<LadderState, LadderOutcome> = async (state, pace) => {
  const { depth, activation, bias, rotation, t, seed } = state
  const network = buildNetwork(
    {
      input: [width],
      nodes: [{ name: 'body', primitive: 'mlp', spec: { widths: Array.from({ length: depth + 1 }, () => width), activation, bias }, inputs: ['input'] }],
      output: 'body',
      likelihood: 'gaussian',
    },
    await float64(),
  )
  const inputs = exactTensor(standardNormals(seed, samples * width), [samples, width])
  const turn = rotated(rotation)
  const dead = Float64Array.from({ length: width }, (_, i) => turn.data[i * width + width - 1]!)
  const grid = geometricGrid(1e-4, 0.1, 17)
  const moments = network.layers.map(() => ({ activation: new Float64Array(grid.length), gradient: new Float64Array(grid.length) }))
  for (const [point, distance] of grid.entries()) {
    const layers = await dataAt(network, turnedBy(canonicalApproach(network, distance), turn), inputs)
    layers.forEach((layer, i) => {
      moments[i]!.activation[point] = secondMoment(layer.activations, withBias(dead, layer.activations.cols))
      moments[i]!.gradient[point] = secondMoment(layer.gradients, dead)
    })
    await pace(point, grid.length)
  }
  const spectra = (await dataAt(network, turnedBy(canonicalApproach(network, t), turn), inputs)).map(factorSpectra)
  inputs.dispose()
  const rungs = moments.map((own, i): Rung => ({ activation: fitLeadingRate(grid, own.activation), gradient: fitLeadingRate(grid, own.gradient), ...predicted(state, i + 1) }))
  return { rungs, spectra, lines: rungs.flatMap((rung, i) => lines(rung, i + 1)), notes: notes(state) }
}

/** `2(ℓ - 1)` and `2(L - ℓ)`; a bias caps the first at 2, and behind an activation a rotated direction is no longer one unit. */
function predicted({ depth, activation, bias, rotation }: LadderState, layer: number): Pick<Rung, 'predictedActivation' | 'predictedGradient'> {
  if (rotation !== 0 && (activation !== 'identity' || bias)) return { predictedActivation: null, predictedGradient: null }
  return { predictedActivation: bias ? Math.min(2, 2 * (layer - 1)) : 2 * (layer - 1), predictedGradient: 2 * (depth - layer) }
}

function lines({ activation, gradient, predictedActivation, predictedGradient }: Rung, layer: number): Line[] {
  return ([[`A rate, layer ${layer}`, activation, predictedActivation], [`G rate, layer ${layer}`, gradient, predictedGradient]] as const).map(([name, fit, exact]): Line =>
    fit.kind === 'refused' ? { name, refused: fit.reason } : { name, estimate: fit.rate, error: fit.standardError, exact, tolerance: 0.05 },
  )
}

function notes({ activation, rotation }: LadderState): string[] {
  if (rotation === 0) return ['The sum of both rates is 2(L − 1) in every layer where no bias caps the first.']
  return activation === 'identity' ? ['A rotation of a linear chain changes nothing: no direction is special to it.'] : ['Behind an activation a rotated direction is no unit: living units leak into it, and its rates settle at small t below the ladder.']
}

async function dataAt(network: Network, parameters: ParameterValues, inputs: tf.Tensor): Promise<readonly LayerData[]> {
  const tensors = parameterTensors(parameters)
  const layers = await layerData(network, tensors, inputs, { kind: 'exact' })
  tf.dispose(tensors)
  return layers
}

/** The rotation by an angle between the dead and the channel before it. */
function rotated(angle: number): Matrix {
  const turn = identity(width)
  const [i, j] = [width - 2, width - 1]
  turn.data[i * width + i] = turn.data[j * width + j] = Math.cos(angle)
  turn.data[i * width + j] = Math.sin(angle)
  turn.data[j * width + i] = -Math.sin(angle)
  return turn
}

/** Weights `R W Rᵀ` and biases `R b`. */
function turnedBy(parameters: ParameterValues, turn: Matrix): ParameterValues {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { shape, data }]) => {
      const value = shape.length === 2 ? multiply(multiply(turn, matrix(width, width, data)), transpose(turn)) : multiply(turn, matrix(width, 1, data))
      return [name, { shape, data: value.data }]
    }),
  )
}

/** A direction among activations that end in the constant 1 of a bias. */
function withBias(direction: Float64Array, length: number): Float64Array {
  const longer = new Float64Array(length)
  longer.set(direction)
  return longer
}
