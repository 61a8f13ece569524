/** Values by a key of theirs, keys and values in the order in which they come. */
export function grouped<T, K>(values: readonly T[], key: (value: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>()
  for (const value of values) groups.set(key(value), [...(groups.get(key(value)) ?? []), value])
  return groups
}
