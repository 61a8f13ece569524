import { exactData, exactTensor } from '@dead-directions/autodiff'
import type { Network, ParameterValues } from '@dead-directions/network'
import { findGauges } from '@dead-directions/quotient'
import type { TensorData } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { lossOf, numbersOf, type Score, scoreOf, type ScoreTensors } from './likelihood.ts'
import { createOptimizer, isCoupled, type OptimizerSettings } from './optimizer.ts'
import type { LabelledSample } from './task.ts'

/** All that a run needs to go on where it was, to the bit. */
export interface TrainingState {
  /** Steps taken. */
  readonly step: number
  readonly parameters: ParameterValues
  /** The optimizer's own tensors by name, in its order. */
  readonly optimizer: ReadonlyMap<string, TensorData>
}

/** A network under training: its parameters as variables, and what steps them. */
export interface Trainee {
  /** One step of the optimizer; the score is that of the batch before it. */
  step(batch: LabelledSample): Promise<Score>
  score(sample: LabelledSample): Promise<Score>
  state(): Promise<Omit<TrainingState, 'step'>>
  dispose(): void
}

/** A network under training from the given state; its optimizer is fresh where none is given. */
export async function traineeOf(network: Network, settings: OptimizerSettings, from: Pick<TrainingState, 'parameters'> & Partial<TrainingState>): Promise<Trainee> {
  const names = namesFor(network)
  const variables = Object.fromEntries(
    Object.entries(from.parameters).map(([name, { data, shape }]) => [name, tf.tidy(() => tf.variable(exactTensor(data, shape as number[]), true, names.engine(name)))]),
  )
  const gauges = findGauges(network).map(gauge => ({ ...gauge, slots: gauge.slots.map(slot => ({ ...slot, parameter: names.engine(slot.parameter) })) }))
  const optimizer = createOptimizer(settings, gauges)
  if (from.optimizer !== undefined) await setState(optimizer, from.optimizer, names)
  const decay = isCoupled(settings.name) ? settings.weightDecay : 0
  return {
    step: batch => numbersOf(tf.tidy(() => stepped(network, variables, optimizer, decay, batch))),
    score: sample => scoreOf(network, variables, sample),
    async state() {
      const parameters: Record<string, TensorData> = {}
      for (const [name, variable] of Object.entries(variables)) parameters[name] = await dataOf(variable)
      return { parameters, optimizer: await stateOf(optimizer, names) }
    },
    dispose() {
      optimizer.dispose()
      tf.dispose(Object.values(variables))
    },
  }
}

/** A parameter's name as the engine knows it, and back; the optimizer's tensors are called after their parameters. */
interface Names {
  engine(name: string): string
  own(name: string): string
}

/** Optimizers find variables by name in the engine, where another run may have its own of the same names. */
function namesFor({ parameters }: Network): Names {
  const prefix = `training ${tf.tidy(() => tf.scalar(0).id)}/`
  const isOfParameter = (name: string): boolean => parameters[name.split('/')[0] as string] !== undefined
  return {
    engine: name => (isOfParameter(name) ? prefix + name : name),
    own: name => (name.startsWith(prefix) ? name.slice(prefix.length) : name),
  }
}

/** One step; the score is kept out of the gradient's own scope. */
function stepped(network: Network, variables: Readonly<Record<string, tf.Variable>>, optimizer: tf.Optimizer, decay: number, batch: LabelledSample): ScoreTensors {
  let accuracy: tf.Scalar | undefined
  const { value, grads } = tf.variableGrads(() => {
    const found = lossOf(network, variables, batch)
    accuracy = found.accuracy === undefined ? undefined : tf.keep(found.accuracy)
    return found.loss
  }, Object.values(variables))
  optimizer.applyGradients((decay === 0 ? grads : decayed(grads, decay)) as Parameters<tf.Optimizer['applyGradients']>[0])
  return { loss: value, accuracy }
}

/** Gradients of the loss and half `decay` times the squared length of the parameters. */
function decayed(gradients: Readonly<Record<string, tf.Tensor>>, decay: number): Record<string, tf.Tensor> {
  const variables = tf.engine().registeredVariables
  return Object.fromEntries(Object.entries(gradients).map(([name, gradient]) => [name, tf.add(gradient, tf.mul(variables[name] as tf.Tensor, exactTensor([decay], [])))]))
}

async function dataOf(tensor: tf.Tensor): Promise<TensorData> {
  return { shape: tensor.shape, data: await exactData(tensor) }
}

async function stateOf(optimizer: tf.Optimizer, names: Names): Promise<ReadonlyMap<string, TensorData>> {
  const weights = await optimizer.getWeights()
  const state = new Map<string, TensorData>()
  for (const { name, tensor } of weights) state.set(names.own(name), await dataOf(tensor))
  // The first is the count of steps, made for the asking; the others are the optimizer's own.
  weights[0]?.tensor.dispose()
  return state
}

async function setState(optimizer: tf.Optimizer, state: ReadonlyMap<string, TensorData>, names: Names): Promise<void> {
  const weights = [...state].map(([name, { data, shape }]) => ({ name: names.engine(name), tensor: exactTensor(data, shape as number[]) }))
  await optimizer.setWeights(weights)
  tf.dispose(weights.map(({ tensor }) => tensor))
}
