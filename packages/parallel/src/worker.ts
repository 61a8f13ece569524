import { jobs, type Jobs } from './tasks.ts'

/** What a worker hands back: a result, or an error as plain values, since classes do not cross threads. */
export type Outcome<result> = { readonly result: result } | { readonly error: { readonly name: string; readonly message: string; readonly stack: string | undefined } }

/** One job on this thread. A rejection would mean that the thread itself failed. */
export async function run<name extends keyof Jobs>({ job, task }: { readonly job: name; readonly task: Jobs[name]['task'] }): Promise<Outcome<Jobs[name]['result']>> {
  try {
    return { result: await jobs[job](task) }
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown))
    return { error: { name: error.name, message: error.message, stack: error.stack } }
  }
}
