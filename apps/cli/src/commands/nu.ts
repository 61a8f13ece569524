import { Command } from 'commander'
import { wholeNumber } from '../arguments.ts'
import { askedPosterior, type PosteriorOptions, posteriorUsage, withPosterior } from '../posterior.ts'
import { predicted } from '../predicted.ts'
import { printInvariants } from '../print/invariants.ts'

interface NuOptions extends PosteriorOptions {
  readonly priorOrder: string
  readonly json?: boolean
}

/** `deaddir nu K`: the leading-order singular fluctuation along a direction of KL order k (arXiv 2606.05957, rows B4–B6). */
export function nuCommand(): Command {
  const command = new Command('nu')
    .description('leading-order singular fluctuation ν of one dead direction of KL order K, with its λ')
    .usage(`<K> [--prior-order <H>] ${posteriorUsage} [--json]`)
    .argument('<K>', 'KL order, a whole number of at least 1')
    .option('--prior-order <H>', 'order h of a prior |t|^h along the direction: λ is (h+1)/(2K), and no ν is known beyond 0', '0')
  return withPosterior(command)
    .option('--json', 'print JSON')
    .action(async (text: string, { priorOrder, json = false, ...rest }: NuOptions) => {
      const k = wholeNumber('K', text, 1)
      const h = wholeNumber('--prior-order', priorOrder, 0)
      const asked = askedPosterior(rest)
      const { singularFluctuation } = await import('../closed-forms.ts')
      const flat = h === 0
      const { value, error } = singularFluctuation(k)
      const invariants = { lambda: (h + 1) / (2 * k), lambdaFraction: fraction(h + 1, 2 * k), multiplicity: 1, nu: flat ? Number(value.toFixed(10)) : null, rule: `${flat ? 'B6' : 'B4'} one direction of order ${k}${flat ? '' : ` under a prior of order ${h}`}` }
      printInvariants(invariants, json, await predicted(invariants, asked), flat ? { error } : {})
    })
}

/** `p/q` in lowest terms, or a whole number. */
function fraction(p: number, q: number): string {
  let [a, b] = [p, q]
  while (b > 0) [a, b] = [b, a % b]
  return q === a ? String(p / a) : `${p / a}/${q / a}`
}
