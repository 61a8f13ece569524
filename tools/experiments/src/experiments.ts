import { BadInput } from '@dead-directions/registry'
import { badScale } from './bad-scale/bad-scale.ts'
import { deadRates } from './dead-rates/dead-rates.ts'
import type { Experiment } from './experiment.ts'
import { gaugeDrift } from './gauge-drift/gauge-drift.ts'
import { grokking, grokkingSweep } from './grokking/grokking.ts'
import { overTraining } from './over-training/over-training.ts'

/** Every experiment, in the order of the guide. */
export const experiments: readonly Experiment[] = [gaugeDrift, badScale, grokkingSweep, grokking, overTraining, deadRates]

/** @throws BadInput for an unknown name */
export function experimentNamed(name: string): Experiment {
  const found = experiments.find(experiment => experiment.name === name)
  if (found === undefined) throw new BadInput('experiment', name, `one of ${experiments.map(experiment => experiment.name).join(', ')}`)
  return found
}
