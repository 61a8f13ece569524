import { Command } from 'commander'
import { wholeNumber } from '../arguments.ts'
import { checkPlace } from '../write-whole.ts'

interface VolumeCommandOptions {
  readonly prior?: string
  readonly box: string
  readonly mode: string
  readonly samples: string
  readonly seed: string
  readonly chart?: string
  readonly json?: boolean
}

/** `deaddir volume EXPR`: λ and m of a polynomial from sampled sublevel volumes (arXiv 2606.05957, rows B2 to B4). */
export function volumeCommand(): Command {
  return new Command('volume')
    .description('λ and m of a polynomial K ≥ 0, measured from the volumes of {K < ε}')
    .usage('<EXPR> [--prior <EXPR>] [--box <A,B>] [--mode <MODE>] [--samples <N>] [--seed <S>] [--chart <FILE>] [--json]')
    .argument('<EXPR>', 'the polynomial, such as "x^2*y^2 + x^6 + y^6"; letters that stand together name one variable')
    .option('--prior <EXPR>', 'polynomial whose absolute value is the volume density, such as "|x|^3 y"')
    .option('--box <A,B>', 'range of every variable', '-1,1')
    .option('--mode <MODE>', 'where gpu.js samples: webasm, webgpu or cpu; no other is tried', 'webasm')
    .option('--samples <N>', 'points per level, rounded up', '4194304')
    .option('--seed <S>', 'seed of the samples', '1')
    .option('--chart <FILE>', 'write the volumes and the fit as a figure; the name ends in .svg')
    .option('--json', 'print JSON')
    .action(async (expression: string, { prior, box, mode, samples, seed, chart, json = false }: VolumeCommandOptions) => {
      const asked = {
        expression,
        ...(prior === undefined ? {} : { prior }),
        range: rangeOf(box),
        mode,
        samples: wholeNumber('--samples', samples, 1),
        seed: wholeNumber('--seed', seed, 0),
      }
      if (chart !== undefined) await checkPlace('--chart', chart, '.svg')
      const { measuredVolume, writeVolumeChart } = await import('../measured-volume.ts')
      const { printVolume } = await import('../print/volume.ts')
      const measured = await measuredVolume(asked)
      if (chart !== undefined) await writeVolumeChart(chart, measured)
      if (json) process.stdout.write(`${JSON.stringify(measured, null, 2)}\n`)
      else printVolume(measured)
    })
}

function rangeOf(text: string): readonly [number, number] {
  const parts = text.split(',').map(part => (part.trim() === '' ? NaN : Number(part)))
  const [from = NaN, to = NaN] = parts
  if (parts.length === 2 && Number.isFinite(from) && Number.isFinite(to) && from < to) return [from, to]
  throw new RangeError(`--box: got ${JSON.stringify(text)}, expected two numbers with a comma between, the smaller one first`)
}
