/** `value` if it is a safe integer of at least `minimum`, or a RangeError that names `field`. */
export function integer(field: string, value: number, minimum: number): number {
  if (Number.isSafeInteger(value) && value >= minimum) return value
  throw new RangeError(`${field}: got ${String(value)}, expected an integer of at least ${minimum}`)
}

/** `values` if it holds `atLeast` or more safe integers of at least `minimum`, or a RangeError that names `field`. */
export function integers(field: string, values: readonly number[], minimum: number, atLeast: number): readonly number[] {
  if (!Array.isArray(values) || values.length < atLeast) {
    const came = Array.isArray(values) ? `${values.length} entries` : String(values)
    throw new RangeError(`${field}: got ${came}, expected an array of at least ${atLeast}`)
  }
  values.forEach((value, i) => integer(`${field}[${i}]`, value, minimum))
  return values
}

/** `rank` if it is an integer between 0 and the smallest of `sizes`, or a RangeError. */
export function rankWithin(rank: number, sizes: readonly number[]): number {
  const largest = Math.min(...sizes)
  if (Number.isSafeInteger(rank) && rank >= 0 && rank <= largest) return rank
  throw new RangeError(`rank: got ${String(rank)}, expected an integer from 0 to ${largest}, the smallest size`)
}

/** Prior orders, one per KL order; all zero (a flat prior) where none are given. */
export function priorOrdersFor(orders: readonly number[], priorOrders: readonly number[] | undefined): readonly number[] {
  if (priorOrders === undefined) return orders.map(() => 0)
  integers('priorOrders', priorOrders, 0, 0)
  if (priorOrders.length === orders.length) return priorOrders
  throw new RangeError(`priorOrders: got ${priorOrders.length} entries, expected ${orders.length}, one per order`)
}
