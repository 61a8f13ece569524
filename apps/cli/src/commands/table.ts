import { Command } from 'commander'
import { wholeNumber } from '../arguments.ts'
import { askedPosterior, type PosteriorOptions, posteriorUsage, withPosterior } from '../posterior.ts'
import { predicted } from '../predicted.ts'
import { printInvariants } from '../print/invariants.ts'

interface TableOptions extends PosteriorOptions {
  readonly json?: boolean
}

/** `deaddir table rrr|dln …`: closed forms for linear networks (arXiv 2606.05957, rows B4, B5 and B7). */
export function tableCommand(): Command {
  return new Command('table').description('closed forms of λ and m for linear networks').addCommand(reducedRank()).addCommand(deepLinear())
}

function reducedRank(): Command {
  const command = new Command('rrr')
    .description('reduced-rank regression, inputs → hidden → outputs (Aoyagi & Watanabe 2005)')
    .usage(`<M> <H> <N> <r> ${posteriorUsage} [--json]`)
    .argument('<M>', 'inputs')
    .argument('<H>', 'hidden units')
    .argument('<N>', 'outputs')
    .argument('<r>', 'true rank')
  return withPosterior(command)
    .option('--json', 'print JSON')
    .action(async (m: string, h: string, n: string, r: string, { json = false, ...rest }: TableOptions) => {
      const shape = { inputs: wholeNumber('M', m, 1), hidden: wholeNumber('H', h, 1), outputs: wholeNumber('N', n, 1), rank: wholeNumber('r', r, 0) }
      const asked = askedPosterior(rest)
      const { reducedRankRegression } = await import('../closed-forms.ts')
      const invariants = reducedRankRegression(shape)
      printInvariants(invariants, json, await predicted(invariants, asked))
    })
}

function deepLinear(): Command {
  const command = new Command('dln')
    .description('deep linear network (Aoyagi 2024)')
    .usage(`<sizes> <r> [--prior-order <H>] ${posteriorUsage} [--json]`)
    .argument('<sizes>', 'layer sizes from input to output, separated by commas: 5,4,3,4,5')
    .argument('<r>', 'true rank')
    .option('--prior-order <H>', 'order h of a prior |w|^h in every weight; beyond 0 only chains of width one have a closed form', '0')
  return withPosterior(command)
    .option('--json', 'print JSON')
    .action(async (sizes: string, r: string, { priorOrder, json = false, ...rest }: TableOptions & { readonly priorOrder: string }) => {
      const widths = sizes.split(',').map((size, i) => wholeNumber(`sizes[${i}]`, size, 1))
      if (widths.length < 2) throw new RangeError(`sizes: got ${JSON.stringify(sizes)}, expected at least an input and an output size, separated by commas`)
      const rank = wholeNumber('r', r, 0)
      const h = wholeNumber('--prior-order', priorOrder, 0)
      const asked = askedPosterior(rest)
      const { deepLinearNetwork } = await import('../closed-forms.ts')
      const invariants = deepLinearNetwork(widths, rank, h)
      printInvariants(invariants, json, await predicted(invariants, asked))
    })
}
