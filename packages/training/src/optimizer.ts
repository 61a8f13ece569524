import { DDCAdam } from '@dead-directions/ddcadam'
import { DDCMuon } from '@dead-directions/ddcmuon'
import type { GaugeData } from '@dead-directions/quotient'
import { checked } from '@dead-directions/registry'
import * as tf from '@tensorflow/tfjs'
import { type Type, type } from 'arktype'
import type { Task } from './task.ts'

/**
 * `adam` and `sgd` take weight decay into the gradient, the others beside it. `adamw` and `muon` are `ddcadam` and `ddcmuon`
 * without gauges; `muon` orthogonalises every matrix, embeddings and heads too.
 */
export type OptimizerName = 'sgd' | 'adam' | 'adamw' | 'muon' | 'ddcadam' | 'ddcmuon'

/** The names of {@link OptimizerName}. */
export const optimizerNames: readonly OptimizerName[] = ['sgd', 'adam', 'adamw', 'muon', 'ddcadam', 'ddcmuon']

/** What a training run steps with; a learning rate that is not given is the name's usual one. */
export interface OptimizerOptions {
  readonly name: OptimizerName
  readonly learningRate?: number
  readonly weightDecay?: number
  /** What lengths do along an orbit. Default `frozen`; without effect but on `ddcadam` and `ddcmuon`. */
  readonly gaugeMode?: 'frozen' | 'adam'
  /** Whether a rescaling is one of every unit or one number for its blocks. Default `unit`; without effect but on `ddcadam` and `ddcmuon`. */
  readonly granularity?: 'unit' | 'block'
  /** What is kept of general linear gauges. Default `rotations`; without effect but on `ddcadam` and `ddcmuon`. */
  readonly linearGauges?: 'rotations' | 'whole'
}

/** {@link OptimizerOptions} with every default filled in. */
export type OptimizerSettings = Required<OptimizerOptions>

const nameType = type.enumerated(...optimizerNames)

const settingsType = type({
  '+': 'reject',
  name: nameType,
  learningRate: 'number > 0',
  weightDecay: 'number >= 0',
  gaugeMode: type(/^(frozen|adam)$/).describe('"frozen" or "adam"'),
  granularity: type(/^(unit|block)$/).describe('"unit" or "block"'),
  linearGauges: type(/^(rotations|whole)$/).describe('"rotations" or "whole"'),
}) as unknown as Type<OptimizerSettings>

const usualRates: Readonly<Record<OptimizerName, number>> = { sgd: 0.1, adam: 1e-3, adamw: 1e-3, muon: 0.01, ddcadam: 1e-3, ddcmuon: 0.01 }

/**
 * The settings of an optimizer on a task, every default filled in: a decoupled weight decay is then what shrinks the weights
 * by the task's `shrinkage` a step, a coupled one is 0.
 *
 * @throws BadInput naming the wrong option
 * @example
 * import { modularAddition, optimizerSettings } from '@dead-directions/training'
 * optimizerSettings(modularAddition(), { name: 'adamw' }).weightDecay // 1
 */
export function optimizerSettings({ shrinkage }: Pick<Task, 'shrinkage'>, options: OptimizerOptions): OptimizerSettings {
  const learningRate = options.learningRate ?? usualRates[checked(nameType, options.name, 'optimizer.name')]
  const weightDecay = isCoupled(options.name) ? 0 : shrinkage / learningRate
  return checked(settingsType, { gaugeMode: 'frozen', granularity: 'unit', linearGauges: 'rotations', weightDecay, ...options, learningRate }, 'optimizer')
}

/** Whether weight decay belongs into the gradient. */
export function isCoupled(name: OptimizerName): boolean {
  return name === 'sgd' || name === 'adam'
}

/** A fresh TensorFlow.js optimizer; `gauges` are used by `ddcadam` and `ddcmuon` alone. */
export function createOptimizer({ name, learningRate, weightDecay, ...quotient }: OptimizerSettings, gauges: readonly GaugeData[]): tf.Optimizer {
  const plain = { learningRate, weightDecay }
  const onQuotient = { ...plain, ...quotient, gauges }
  switch (name) {
    case 'sgd':
      return tf.train.sgd(learningRate)
    case 'adam':
      return new DDCAdam({ learningRate })
    case 'adamw':
      return new DDCAdam(plain)
    case 'muon':
      return new DDCMuon(plain)
    case 'ddcadam':
      return new DDCAdam(onQuotient)
    case 'ddcmuon':
      return new DDCMuon(onQuotient)
  }
}
