import ora from 'ora'

/** A line on standard error that follows long work: live on a terminal, one line per step elsewhere. */
export function progressLine(title: string): { update(done: number, total: number, step: string): void; stop(): void } {
  const spinner = ora({ text: title, stream: process.stderr })
  if (process.stderr.isTTY) spinner.start()
  let shown = ''
  return {
    update(done, total, step) {
      const line = `${title}: ${Math.round((100 * done) / total)}% ${step}`
      if (process.stderr.isTTY) spinner.text = line
      else if (step !== shown) process.stderr.write(`${line}\n`)
      shown = step
    },
    stop: () => void spinner.stop(),
  }
}
