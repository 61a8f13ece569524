import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

/** Each is compiled from the file of its name; `-shared` makes it work in memory that it is given and that threads share. */
export const modules = ['gemm', 'gemm-shared', 'rows', 'exponential'] as const

const ownMemory = ['--initialMemory', '1']
const sharedMemory = ['--enable', 'threads', '--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536']

/** Compiles a module and returns the text of `src/<name>-wasm.ts`. */
export async function buildWasm(name: (typeof modules)[number]): Promise<string> {
  const from = name.replace('-shared', '')
  const text = await readFile(new URL(`assembly/${from}.ts`, import.meta.url), 'utf8')
  let binary = new Uint8Array()
  const options = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', ...(name === from ? ownMemory : sharedMemory)]
  const { error, stderr } = await asc.main(['module.ts', '-o', 'module.wasm', ...options], {
    readFile: file => (file === 'module.ts' ? text : null),
    writeFile: (_file, contents) => void (binary = Uint8Array.from(contents as Uint8Array)),
    listFiles: () => [],
  })
  if (error) throw new Error(stderr.toString(), { cause: error })
  const encoded = Buffer.from(binary).toString('base64')
  const constant = `${name.replace(/-./g, letters => letters[1]!.toUpperCase())}Wasm`
  return `/** The compiled \`assembly/${from}.ts\` in base64; written by \`build-wasm.ts\`. */\nexport const ${constant}: string =\n  '${encoded}'\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const name of modules) await writeFile(new URL(`src/${name}-wasm.ts`, import.meta.url), await buildWasm(name))
