/** Arrays whose tensors are gone, by length, to be written over by the next result of that length; the length spared last stands last. */
const spare = new Map<number, Float64Array[]>()

/**
 * Entries that may lie spare: 1 GiB. TensorFlow.js's optimizers hold every intermediate of an update until its end, about a
 * hundred bytes a parameter in Adam; what is forgotten then is made anew in every step.
 */
const most = 2 ** 27

/** Shorter arrays cost no more to make than to find. */
const least = 256

let held = 0

/** An array of that length with whatever stands in it, or undefined when none is spare. */
export function takeSpare(length: number): Float64Array | undefined {
  const same = spare.get(length)
  if (same === undefined) return undefined
  held -= length
  if (same.length === 1) spare.delete(length)
  return same.pop()
}

/** Lets an array that nobody reads any more be taken; when too many are spare, those go whose length was spared longest ago. */
export function makeSpare(array: Float64Array): void {
  const { length, buffer } = array
  if (length < least || length > most || 8 * length !== buffer.byteLength) return
  const same = spare.get(length) ?? []
  spare.delete(length)
  spare.set(length, same)
  same.push(array)
  held += length
  for (const oldest of spare.keys()) while (held > most && takeSpare(oldest) !== undefined);
}

/** Leaves all spare arrays to the garbage collector. */
export function forgetSpares(): void {
  spare.clear()
  held = 0
}
