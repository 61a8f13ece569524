import { availableParallelism } from 'node:os'

/**
 * A command-line argument as a whole number of at least `least`.
 *
 * @param field what the argument is called in an error
 * @throws RangeError naming the argument, what came and what was expected
 * @example
 * wholeNumber('K', '3', 1) // 3
 */
export function wholeNumber(field: string, text: string, least: number): number {
  const value = Number(text)
  if (!/^[+-]?\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`${field}: got ${JSON.stringify(text)}, expected a whole number of at least ${least}`)
  }
  return value
}

/**
 * A command-line argument as a number above zero.
 *
 * @throws RangeError naming the argument, what came and what was expected
 * @example
 * positiveNumber('--beta', '0.5') // 0.5
 */
export function positiveNumber(field: string, text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !(value > 0 && value < Infinity)) throw new RangeError(`${field}: got ${JSON.stringify(text)}, expected a positive number`)
  return value
}

/** What `--threads` says, or as many as the machine runs at once; never more than there are tasks. */
export function threadCount(text: string | undefined, tasks: number): number {
  return Math.min(tasks, text === undefined ? availableParallelism() : wholeNumber('--threads', text, 1))
}
