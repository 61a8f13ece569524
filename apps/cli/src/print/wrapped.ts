/**
 * Text in lines of at most `width` characters, broken at spaces, every line after the first under the end of `head`.
 *
 * @param head what the first line starts with
 */
export function wrapped(head: string, text: string, width: number): string {
  const room = Math.max(20, width - head.length)
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= room) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return head + lines.join(`\n${' '.repeat(head.length)}`)
}

/** A name of at most `most` characters, its middle left out where it is longer. */
export function shortened(name: string, most: number): string {
  if (name.length <= most) return name
  const kept = most - 1
  return `${name.slice(0, Math.ceil(kept / 2))}…${name.slice(name.length - Math.floor(kept / 2))}`
}
