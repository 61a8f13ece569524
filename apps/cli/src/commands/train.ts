import type { OptimizerName, TaskName } from '@dead-directions/training'
import { Command, Option } from 'commander'
import { wholeNumber } from '../arguments.ts'
import type { AskedTraining } from '../trained.ts'

const tasks = ['modular-addition', 'teacher-student', 'deep-linear'] as const satisfies readonly TaskName[]
const optimizers = ['sgd', 'adam', 'adamw', 'muon', 'ddcadam', 'ddcmuon'] as const satisfies readonly OptimizerName[]

interface TrainOptions {
  readonly task: TaskName
  readonly optimizer: OptimizerName
  readonly steps: string
  readonly seed: string
  readonly learningRate?: string
  readonly weightDecay?: string
  readonly gaugeMode?: 'frozen' | 'adam'
  readonly linearGauges?: 'rotations' | 'whole'
  readonly out?: string
  readonly checkpointEvery: string
  readonly json?: boolean
  readonly modulus?: string
  readonly trainFraction?: string
  readonly width?: string
  readonly layers?: string
  readonly heads?: string
  readonly rank?: string
  readonly teacherWidth?: string
  readonly activation?: 'tanh' | 'relu'
  readonly batchSize?: string
}

/** `deaddir train`: a seeded training run in a folder of its own, which goes on where it was (arXiv 2606.29176 for its optimizers). */
export function trainCommand(): Command {
  return new Command('train')
    .description('train a network on a task; the checkpoints are for deaddir read')
    .usage('--task <NAME> [--optimizer <NAME>] [--steps <N>] [--out <DIR>] [--json] […]')
    .addOption(new Option('--task <NAME>', 'what is learnt').choices(tasks).makeOptionMandatory())
    .addOption(new Option('--optimizer <NAME>', 'what steps').choices(optimizers).default('ddcadam'))
    .option('--steps <N>', 'step to end with', '200')
    .option('--seed <N>', 'of the data, of the first weights and of the order of samples', '0')
    .option('--learning-rate <X>', "without it the optimizer's usual one")
    .option('--weight-decay <X>', "without it the task's own")
    .addOption(new Option('--gauge-mode <MODE>', 'what lengths do along an orbit, under ddcadam and ddcmuon').choices(['frozen', 'adam']))
    .addOption(new Option('--linear-gauges <MODE>', 'what is kept of general linear gauges, under ddcadam and ddcmuon').choices(['rotations', 'whole']))
    .option('--out <DIR>', 'folder of the run; without it runs/<task>-<optimizer>-<seed>. The same run goes on there')
    .option('--checkpoint-every <N>', 'steps between checkpoints', '100')
    .option('--json', 'print JSON')
    .option('--width <N>', 'features, or hidden units of a student')
    .option('--layers <N>', 'transformer blocks, or linear maps')
    .option('--heads <N>', 'of modular-addition: attention heads, a divisor of the width')
    .option('--modulus <P>', 'of modular-addition')
    .option('--train-fraction <X>', 'of modular-addition: share of all pairs trained on')
    .option('--rank <R>', 'of deep-linear: rank to be learnt')
    .option('--teacher-width <N>', 'of teacher-student: hidden units of the teacher')
    .addOption(new Option('--activation <NAME>', 'of teacher-student').choices(['tanh', 'relu']))
    .option('--batch-size <N>', 'samples of one step')
    .action(async (options: TrainOptions) => {
      const asked = askedOf(options)
      const { trained } = await import('../trained.ts')
      const { printTraining } = await import('../print/training.ts')
      const outcome = await trained(asked)
      if (options.json === true) process.stdout.write(`${JSON.stringify(outcome, null, 2)}\n`)
      else printTraining(outcome)
    })
}

/** The options as numbers, those of the task by their names in it. */
function askedOf({ task, optimizer, gaugeMode, linearGauges, out, ...options }: TrainOptions): AskedTraining {
  const seed = wholeNumber('--seed', options.seed, 0)
  const whole = (field: string, text: string | undefined, least: number): number | undefined => (text === undefined ? undefined : wholeNumber(field, text, least))
  const real = (field: string, text: string | undefined): number | undefined => (text === undefined ? undefined : realNumber(field, text))
  return {
    task: {
      name: task,
      options: given({
        modulus: whole('--modulus', options.modulus, 2),
        trainFraction: real('--train-fraction', options.trainFraction),
        width: whole('--width', options.width, 1),
        layers: whole('--layers', options.layers, 1),
        heads: whole('--heads', options.heads, 1),
        rank: whole('--rank', options.rank, 0),
        teacherWidth: whole('--teacher-width', options.teacherWidth, 1),
        activation: options.activation,
        batchSize: whole('--batch-size', options.batchSize, 1),
        seed,
      }),
    },
    optimizer: {
      name: optimizer,
      ...given({ learningRate: real('--learning-rate', options.learningRate), weightDecay: real('--weight-decay', options.weightDecay), gaugeMode, linearGauges }),
    },
    seed,
    steps: wholeNumber('--steps', options.steps, 1),
    checkpointEvery: wholeNumber('--checkpoint-every', options.checkpointEvery, 1),
    folder: out ?? `runs/${task}-${optimizer}-${seed}`,
  }
}

/** The options that were given. */
function given<options extends object>(options: options): { [name in keyof options]?: Exclude<options[name], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as { [name in keyof options]?: Exclude<options[name], undefined> }
}

/** An argument as a number that is not negative. */
function realNumber(field: string, text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) throw new RangeError(`${field}: got ${JSON.stringify(text)}, expected a number of at least 0`)
  return value
}
