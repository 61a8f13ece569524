/** Progress on standard error: live on a terminal, a line for every cell elsewhere. */
export function progressLine(title: string): (done: number, total: number, label: string) => void {
  let shown = ''
  return (done, total, label) => {
    const line = `${title}: ${Math.floor(done)} of ${total} cells, ${((100 * done) / total).toFixed(1)} %, ${label}`
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}${done === total ? '\n' : ''}`)
    else if (label !== shown) process.stderr.write(`${line}\n`)
    shown = label
  }
}
