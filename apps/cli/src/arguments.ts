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
