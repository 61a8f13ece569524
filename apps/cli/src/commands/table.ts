import { Command } from 'commander'
import { wholeNumber } from '../arguments.ts'
import { printInvariants } from '../print/invariants.ts'

/** `deaddir table rrr|dln …`: closed forms for linear networks (arXiv 2606.05957, row B7). */
export function tableCommand(): Command {
  return new Command('table').description('closed forms of λ and m for linear networks').addCommand(reducedRank()).addCommand(deepLinear())
}

function reducedRank(): Command {
  return new Command('rrr')
    .description('reduced-rank regression, inputs → hidden → outputs (Aoyagi & Watanabe 2005)')
    .usage('<M> <H> <N> <r> [--json]')
    .argument('<M>', 'inputs')
    .argument('<H>', 'hidden units')
    .argument('<N>', 'outputs')
    .argument('<r>', 'true rank')
    .option('--json', 'print JSON')
    .action(async (m: string, h: string, n: string, r: string, options: { json?: boolean }) => {
      const shape = { inputs: wholeNumber('M', m, 1), hidden: wholeNumber('H', h, 1), outputs: wholeNumber('N', n, 1), rank: wholeNumber('r', r, 0) }
      const { reducedRankRegression } = await import('../closed-forms.ts')
      printInvariants(reducedRankRegression(shape), options.json ?? false)
    })
}

function deepLinear(): Command {
  return new Command('dln')
    .description('deep linear network (Aoyagi 2024)')
    .usage('<sizes> <r> [--json]')
    .argument('<sizes>', 'layer sizes from input to output, separated by commas: 5,4,3,4,5')
    .argument('<r>', 'true rank')
    .option('--json', 'print JSON')
    .action(async (sizes: string, r: string, options: { json?: boolean }) => {
      const widths = sizes.split(',').map((size, i) => wholeNumber(`sizes[${i}]`, size, 1))
      if (widths.length < 2) throw new RangeError(`sizes: got ${JSON.stringify(sizes)}, expected at least an input and an output size, separated by commas`)
      const rank = wholeNumber('r', r, 0)
      const { deepLinearNetwork } = await import('../closed-forms.ts')
      printInvariants(deepLinearNetwork(widths, rank), options.json ?? false)
    })
}
