import { BadInput, deepLinearNetwork, reducedRankRegression } from '@dead-directions/dead-directions'
import { Command } from 'commander'
import { wholeNumber } from '../arguments.ts'
import { printInvariants } from '../print/invariants.ts'

/** `deaddir table rrr|dln …`: closed forms for linear networks (arXiv 2606.05957, row B7). */
export function tableCommand(): Command {
  const table = new Command('table').description('closed forms of λ and m for linear networks')
  table
    .command('rrr')
    .description('reduced-rank regression, inputs → hidden → outputs (Aoyagi & Watanabe 2005)')
    .argument('<M>', 'inputs')
    .argument('<H>', 'hidden units')
    .argument('<N>', 'outputs')
    .argument('<r>', 'true rank')
    .option('--json', 'print JSON')
    .action((m: string, h: string, n: string, r: string, options: { json?: boolean }) => {
      const shape = { inputs: wholeNumber('M', m, 1), hidden: wholeNumber('H', h, 1), outputs: wholeNumber('N', n, 1), rank: wholeNumber('r', r, 0) }
      printInvariants(reducedRankRegression(shape), options.json ?? false)
    })
  table
    .command('dln')
    .description('deep linear network (Aoyagi 2024)')
    .argument('<sizes>', 'layer sizes from input to output, separated by commas: 5,4,3,4,5')
    .argument('<r>', 'true rank')
    .option('--json', 'print JSON')
    .action((sizes: string, r: string, options: { json?: boolean }) => {
      const widths = sizes.split(',').map((size, i) => wholeNumber(`sizes[${i}]`, size, 1))
      if (widths.length < 2) throw new BadInput('sizes', sizes, 'at least an input and an output size')
      printInvariants(deepLinearNetwork(widths, wholeNumber('r', r, 0)), options.json ?? false)
    })
  return table
}
