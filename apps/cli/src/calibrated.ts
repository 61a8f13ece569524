import { calibrate, type CalibrationRow, chosenModels, type RoadName, roadNames } from '@dead-directions/calibration'
import { nodeBackend } from '@dead-directions/dead-directions'
import { progressLine } from './progress.ts'

/** What to calibrate and how. */
export interface Calibration {
  readonly models: readonly string[] | undefined
  readonly roads: readonly string[] | undefined
  readonly quick: boolean
  readonly seed: number
}

/** Takes every road to λ on the models asked for; progress on standard error. */
export async function calibrated({ models, roads, quick, seed }: Calibration): Promise<readonly CalibrationRow[]> {
  const chosen = chosenModels(models)
  const asked = roads?.map(known) ?? roadNames
  await nodeBackend.install()
  const progress = progressLine('calibrating')
  return calibrate({ models: chosen, roads: asked, quick, seed, backend: nodeBackend, onProgress: progress.update }).finally(progress.stop)
}

function known(name: string): RoadName {
  const road = roadNames.find(road => road === name)
  if (road === undefined) throw new RangeError(`--roads: got ${JSON.stringify(name)}, expected ${roadNames.join(', ')}`)
  return road
}
