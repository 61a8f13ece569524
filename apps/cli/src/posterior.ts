import type { Command } from 'commander'
import { positiveNumber, wholeNumber } from './arguments.ts'

/** Options of every command that reports λ, as they are typed. */
export interface PosteriorOptions {
  readonly beta?: string
  readonly samples?: string
}

/** The temperature and number of observations asked for. */
export interface AskedPosterior {
  readonly beta?: number
  readonly observations?: number
}

export const posteriorUsage = '[--beta <B>] [--samples <N>]'

/** Adds `--beta` and `--samples`, which λ does not depend on but what is predicted from it does (arXiv 2606.05957, row B5). */
export function withPosterior(command: Command): Command {
  return command
    .option('--beta <B>', 'inverse temperature of the posterior: reports the limit λ/β of its mean of nK; without it 1, Bayes')
    .option('--samples <N>', 'number n of observations: reports free energy and expected generalisation loss')
}

/**
 * What `--beta` and `--samples` say, or null when neither was given.
 *
 * @throws RangeError naming the option, what came and what was expected
 */
export function askedPosterior({ beta, samples }: PosteriorOptions): AskedPosterior | null {
  if (beta === undefined && samples === undefined) return null
  return {
    ...(beta === undefined ? {} : { beta: positiveNumber('--beta', beta) }),
    ...(samples === undefined ? {} : { observations: wholeNumber('--samples', samples, 1) }),
  }
}
