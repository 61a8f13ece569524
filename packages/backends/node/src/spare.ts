/** Arrays whose tensors are gone, by length, to be written over by the next result of that length. */
const spare = new Map<number, Float64Array[]>()

/** Entries that may lie spare: 256 MiB. */
const most = 2 ** 25

/** Shorter arrays cost no more to make than to find. */
const least = 256

let held = 0

/** An array of that length with whatever stands in it, or undefined when none is spare. */
export function takeSpare(length: number): Float64Array | undefined {
  const array = spare.get(length)?.pop()
  if (array !== undefined) held -= length
  return array
}

/** Lets an array that nobody reads any more be taken; when too many are spare, all are forgotten, with lengths no longer in use. */
export function makeSpare(array: Float64Array): void {
  const { length, buffer } = array
  if (length < least || 8 * length !== buffer.byteLength) return
  if (held + length > most) forgetSpares()
  const same = spare.get(length)
  if (same === undefined) spare.set(length, [array])
  else same.push(array)
  held += length
}

/** Leaves all spare arrays to the garbage collector. */
export function forgetSpares(): void {
  spare.clear()
  held = 0
}
