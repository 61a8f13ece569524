import { Command, Option } from 'commander'
import { positiveNumber, threadCount, wholeNumber } from '../arguments.ts'
import type { Sampling } from '../sampled.ts'
import { checkPlace } from '../write-whole.ts'

interface LlcCommandOptions extends Pick<Sampling, 'inputs' | 'targets' | 'likelihood' | 'backend'> {
  readonly sampler: 'sgld' | 'sghmc'
  readonly beta?: string
  readonly localisation: string
  readonly stepSize?: string
  readonly batch?: string
  readonly chains: string
  readonly draws: string
  readonly seed: string
  readonly threads?: string
  readonly json?: boolean
  readonly out?: string
}

/** `deaddir llc DIR`: the local learning coefficient of a checkpoint by sampling (arXiv 2308.12108; arXiv 2606.05957, row F4). */
export function llcCommand(): Command {
  return new Command('llc')
    .description('local learning coefficient of a checkpoint by SGLD or SGHMC')
    .usage('<DIR> --inputs <FILE> [--targets <FILE>] [--sampler <NAME>] [--beta <B>] [--localisation <G>] [--step-size <E>] [--batch <N>] [--chains <N>] [--draws <N>] [--seed <N>] [--threads <N>] [--json] [--out <FILE>] [--likelihood <NAME>] [--backend <NAME>]')
    .argument('<DIR>', 'folder with network.json and its weights, or a TensorFlow.js model.json')
    .requiredOption('--inputs <FILE>', 'sample of inputs, .npy or .csv, one row each')
    .option('--targets <FILE>', "outputs or class numbers, .npy or .csv, one row each; without it drawn from the model's own likelihood")
    .addOption(new Option('--sampler <NAME>', 'overdamped or underdamped Langevin dynamics').choices(['sgld', 'sghmc']).default('sgld'))
    .option('--beta <B>', 'inverse temperature; without it 1/log n')
    .option('--localisation <G>', 'γ of the pull (γ/2)|w - w*|² towards the checkpoint', '1')
    .option('--step-size <E>', 'without it the largest that a pilot chain bears')
    .option('--batch <N>', 'inputs a step, with replacement; without it all, with every step accepted or rejected')
    .option('--chains <N>', 'at least 2', '4')
    .option('--draws <N>', 'draws of each chain, after a quarter as many steps', '2000')
    .option('--seed <N>', 'seed of the chains, and of targets that are drawn', '0')
    .option('--threads <N>', 'threads that chains run on, with the same bits; without it as many as the machine has')
    .option('--json', 'print JSON')
    .option('--out <FILE>', 'write the trace of every chain, as .svg or as a self-contained .html page')
    .addOption(new Option('--likelihood <NAME>', "instead of the checkpoint's own").choices(['gaussian', 'categorical']))
    .option('--backend <NAME>', 'TensorFlow.js backend', 'node')
    .action(async (folder: string, { json = false, out, ...typed }: LlcCommandOptions) => {
      const asked = asSampling(folder, typed)
      if (out !== undefined) await checkPlace('--out', out, out.endsWith('.svg') ? '.svg' : '.html')
      const { sampled, writeTrace } = await import('../sampled.ts')
      const { llcText, traceText } = await import('../print/llc.ts')
      const result = await sampled(asked)
      if (out !== undefined) await writeTrace(out, result, `Local learning coefficient of ${folder}`)
      process.stdout.write(json ? `${traceText(result)}\n` : `${llcText(result, asked.targets === undefined)}\n${out === undefined ? '' : `trace    ${out}\n`}`)
    })
}

function asSampling(folder: string, { sampler, beta, localisation, stepSize, batch, chains, draws, seed, threads, ...rest }: Omit<LlcCommandOptions, 'json' | 'out'>): Sampling {
  const options = {
    sampler,
    localisation: positiveNumber('--localisation', localisation),
    chains: wholeNumber('--chains', chains, 2),
    draws: wholeNumber('--draws', draws, 8),
    seed: wholeNumber('--seed', seed, 0),
    ...(beta === undefined ? {} : { inverseTemperature: positiveNumber('--beta', beta) }),
    ...(stepSize === undefined ? {} : { stepSize: positiveNumber('--step-size', stepSize) }),
    ...(batch === undefined ? {} : { batchSize: wholeNumber('--batch', batch, 1) }),
  }
  return { ...rest, folder, options, threads: threadCount(threads, options.chains) }
}
