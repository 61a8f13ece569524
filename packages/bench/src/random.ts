/** `count` seeded numbers, uniform in [-1, 1). */
export function randomEntries(count: number, seed: number): Float64Array {
  let state = seed >>> 0
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  })
}
