import type { Compute, Line, Outcome } from '../shell/reading.ts'
import { type Device, installDevice } from './device.ts'
import { learningRates, makeTrainee, type Snapshot, type Trainee } from './trainee.ts'

export interface TrainingState {
  readonly task: 'carry' | 'sum'
  readonly steps: number
  readonly modulus: number
  readonly hidden: number
  readonly decay: number
  readonly optimizer: 'momentum' | 'adam'
  readonly device: 'cpu' | 'webgpu'
  readonly seed: number
}

export interface TrainingOutcome extends Outcome {
  readonly snapshots: readonly Snapshot[]
}

/** Steps between two looks. */
const stride = 20

interface Run {
  readonly key: string
  readonly device: Device
  readonly trainee: Trainee
  readonly snapshots: Snapshot[]
  step: number
}

/** The training in hand: more steps go on where the last ones ended. */
let run: Run | undefined

export const compute: Compute<TrainingState, TrainingOutcome> = async ({ steps, ...subject }, pace) => {
  const key = JSON.stringify(subject)
  if (run === undefined || run.key !== key || run.step > steps) {
    run?.trainee.dispose()
    run = undefined
    const device = await installDevice(subject.device)
    const trainee = makeTrainee(subject)
    run = { key, device, trainee, snapshots: [await trainee.look(0)], step: 0 }
  }
  const { trainee, snapshots, device } = run
  while (run.step < steps) {
    trainee.step()
    run.step++
    const looked = run.step % stride === 0
    if (looked) snapshots.push(await trainee.look(run.step))
    await pace(run.step, steps, looked && run.step % (5 * stride) === 0 ? outcome(snapshots, subject, device) : undefined)
  }
  return outcome(snapshots, subject, device)
}

function outcome(snapshots: readonly Snapshot[], { modulus, decay, optimizer, seed }: Omit<TrainingState, 'steps'>, { precision, instead }: Device): TrainingOutcome {
  const [first, last] = [snapshots[0]!, snapshots.at(-1)!]
  const shrunk = (1 - learningRates[optimizer] * decay) ** last.step
  const line = (name: string, estimate: number, exact: number | null = null, tolerance = 0): Line => ({ name, estimate, error: 0, exact, tolerance })
  return {
    snapshots: [...snapshots],
    lines: [
      { ...line('unseen direction, size / size at the start', last.unseen / first.unseen, optimizer === 'momentum' ? shrunk : null, precision === 'float64' ? 1e-7 : 1e-3), exactText: optimizer === 'momentum' ? `(1 − ηλ)^${last.step} = ${shrunk.toPrecision(6)}` : 'not known: Adam mixes coordinates' },
      line('loss on the pairs trained on', last.loss),
      line('right answers, trained on', last.trained),
      line('right answers, held out', last.heldOut),
    ],
    notes: [
      instead ?? `Computed in ${precision}, ${precision === 'float64' ? 'on the CPU, in a worker of this page' : 'by WebGPU, in a worker of this page'}.`,
      `Step ${last.step}: ${Math.round(0.8 * modulus ** 2)} of ${modulus ** 2} pairs are trained on, the split and the start drawn with seed ${seed}.`,
    ],
  }
}
