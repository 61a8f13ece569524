import { BadInput } from '@dead-directions/dead-directions'

/** A command-line argument as a whole number of at least `least`; throws {@link BadInput} naming the argument. */
export function wholeNumber(field: string, text: string, least: number): number {
  const value = Number(text)
  if (!/^[+-]?\d+$/.test(text.trim()) || !Number.isSafeInteger(value) || value < least) {
    throw new BadInput(field, text, `a whole number of at least ${least}`)
  }
  return value
}
