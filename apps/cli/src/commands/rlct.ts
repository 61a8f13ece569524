import { Command } from 'commander'
import { askedPosterior, type PosteriorOptions, posteriorUsage, withPosterior } from '../posterior.ts'
import { predicted } from '../predicted.ts'
import { printInvariants } from '../print/invariants.ts'

/** `deaddir rlct EXPR`: λ and m of a polynomial from its Newton polyhedron (arXiv 2606.05957, rows B4, B5 and B8). */
export function rlctCommand(): Command {
  const command = new Command('rlct')
    .description('λ and m of a polynomial K ≥ 0 at the origin')
    .usage(`<EXPR> [--prior <EXPR>] ${posteriorUsage} [--json]`)
    .argument('<EXPR>', 'the polynomial, such as "x^2*y^2 + x^6 + y^6"; letters that stand together name one variable')
    .option('--prior <EXPR>', 'a monomial prior, such as "|x|^3 y"')
  return withPosterior(command)
    .option('--json', 'print JSON')
    .action(async (expression: string, { prior, json = false, ...rest }: PosteriorOptions & { prior?: string; json?: boolean }) => {
      const asked = askedPosterior(rest)
      const { rlct } = await import('../closed-forms.ts')
      const result = rlct(expression, prior === undefined ? {} : { prior })
      const posterior = await predicted(result, asked)
      if (json) {
        process.stdout.write(`${JSON.stringify({ ...result, ...(posterior === null ? {} : { posterior }) })}\n`)
        return
      }
      printInvariants(result, false, posterior)
      const grounds = result.reason === undefined ? 'exact' : `upper bound only: ${result.reason}`
      process.stdout.write(`   ${grounds}\n   face of ${shortened(result.face)}; variables ${result.variables.join(', ')}\n`)
    })
}

function shortened(monomials: readonly string[]): string {
  return monomials.length <= 6 ? monomials.join(', ') : `${monomials.slice(0, 3).join(', ')}, …, ${monomials.at(-1)}`
}
