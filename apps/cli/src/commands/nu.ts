import { Command } from 'commander'
import { wholeNumber } from '../arguments.ts'
import { printInvariants } from '../print/invariants.ts'

/** `deaddir nu K`: the leading-order singular fluctuation along a direction of KL order k (arXiv 2606.05957, row B6). */
export function nuCommand(): Command {
  return new Command('nu')
    .description('leading-order singular fluctuation ν of one dead direction of KL order K')
    .usage('<K> [--json]')
    .argument('<K>', 'KL order, a whole number of at least 1')
    .option('--json', 'print JSON')
    .action(async (text: string, options: { json?: boolean }) => {
      const k = wholeNumber('K', text, 1)
      const { singularFluctuation } = await import('../closed-forms.ts')
      const { value, error } = singularFluctuation(k)
      const invariants = { lambda: 1 / (2 * k), lambdaFraction: `1/${2 * k}`, multiplicity: 1, nu: Number(value.toFixed(10)), rule: `B6 one direction of order ${k}` }
      printInvariants(invariants, options.json ?? false, { error })
    })
}
