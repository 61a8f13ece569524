import { join } from 'node:path'
import ts from 'typescript'

/**
 * What TypeScript says of samples, all in one program under the workspace's compiler options.
 *
 * @param files the samples' files, below the docs package so that its dependencies are found
 * @returns one line per error, by file
 */
export function typeErrors(root: string, files: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), ts.sys.readFile) as { config: { compilerOptions: object } }
  const { options } = ts.convertCompilerOptionsFromJson(
    { ...config.compilerOptions, noEmit: true, composite: false, incremental: false, declaration: false, declarationMap: false, isolatedDeclarations: false, noUnusedLocals: false, types: ['node'] },
    root,
  )
  const program = ts.createProgram([...files], options)
  const errors = new Map<string, string[]>()
  for (const file of files) {
    const source = program.getSourceFile(file)
    if (source === undefined) throw new RangeError(`${file}: not part of the program`)
    for (const found of [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]) {
      const line = source.getLineAndCharacterOfPosition(found.start ?? 0).line + 1
      const known = errors.get(file) ?? []
      errors.set(file, [...known, `line ${line}: ${ts.flattenDiagnosticMessageText(found.messageText, ' ')}`])
    }
  }
  return errors
}
