import type { GaugeData } from '@dead-directions/quotient'
import type * as tf from '@tensorflow/tfjs'
import { createOptimizer, type OptimizerName, type OptimizerSettings } from '@dead-directions/training'

/** The optimizers compared, in the order of the tables. */
export const comparedOptimizers: readonly OptimizerName[] = ['sgd', 'adam', 'adamw', 'muon', 'ddcadam', 'ddcmuon']

/** A fresh optimizer by name, with lengths frozen along orbits and a rescaling for every unit. */
export function optimizerNamed(name: OptimizerName, learningRate: number, weightDecay: number, gauges: readonly GaugeData[], linearGauges: OptimizerSettings['linearGauges'] = 'rotations'): tf.Optimizer {
  return createOptimizer({ name, learningRate, weightDecay, gaugeMode: 'frozen', granularity: 'unit', linearGauges }, gauges)
}
