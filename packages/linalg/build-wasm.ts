import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

export const modules = ['gemm', 'rows', 'exponential'] as const

/** Compiles `assembly/<name>.ts` and returns the text of `src/<name>-wasm.ts`. */
export async function buildWasm(name: (typeof modules)[number]): Promise<string> {
  const text = await readFile(new URL(`assembly/${name}.ts`, import.meta.url), 'utf8')
  let binary = new Uint8Array()
  const options = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--initialMemory', '1']
  const { error, stderr } = await asc.main(['module.ts', '-o', 'module.wasm', ...options], {
    readFile: file => (file === 'module.ts' ? text : null),
    writeFile: (_file, contents) => void (binary = Uint8Array.from(contents as Uint8Array)),
    listFiles: () => [],
  })
  if (error) throw new Error(stderr.toString(), { cause: error })
  const encoded = Buffer.from(binary).toString('base64')
  return `/** The compiled \`assembly/${name}.ts\` in base64; written by \`build-wasm.ts\`. */\nexport const ${name}Wasm: string =\n  '${encoded}'\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const name of modules) await writeFile(new URL(`src/${name}-wasm.ts`, import.meta.url), await buildWasm(name))
