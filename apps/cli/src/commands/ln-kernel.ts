import { Command } from 'commander'

interface KernelOptions {
  readonly inputs?: string
  readonly json?: boolean
}

/** `deaddir ln-kernel DIR`: the kernels of a checkpoint's layer normalisations (arXiv 2606.19491, row F3). */
export function lnKernelCommand(): Command {
  return new Command('ln-kernel')
    .description("directions that a checkpoint's layer normalisations never vary in, from their scales alone")
    .usage('<DIR> [--inputs <FILE>] [--json]')
    .argument('<DIR>', 'folder with network.json and its weights, or a TensorFlow.js model.json')
    .option('--inputs <FILE>', 'sample of inputs, .npy or .csv, one row each: verifies the kernels by one forward pass')
    .option('--json', 'print JSON')
    .action(async (folder: string, { inputs, json = false }: KernelOptions) => {
      const { readNormalisations } = await import('../normalised.ts')
      const { normalisationText } = await import('../print/normalisations.ts')
      const normalisations = await readNormalisations(folder, inputs)
      process.stdout.write(json ? `${JSON.stringify({ normalisations }, null, 2)}\n` : `${normalisationText(normalisations)}\n`)
    })
}
