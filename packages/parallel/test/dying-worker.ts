/** Ends its thread at the first `deaths` attempts, which it counts in shared memory. */
export function run({ task }: { readonly task: { readonly attempts: Int32Array; readonly deaths: number } }): { readonly result: number } {
  const attempt = Atomics.add(task.attempts, 0, 1) + 1
  if (attempt <= task.deaths) process.exit(7)
  return { result: attempt }
}
