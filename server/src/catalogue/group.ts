// Puts values with the same key together, in their order; what Map.groupBy does in newer runtimes.

/** The values of pairs by their first part. */
export function groupPairs<K, V>(pairs: readonly (readonly [K, V])[]): Map<K, V[]> {
  return new Map([...groupBy(pairs, ([key]) => key)].map(([key, group]) => [key, group.map(([, value]) => value)]));
}

/** The values by their key. */
export function groupBy<K, V>(values: readonly V[], key: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    const group = groups.get(key(value));
    if (group === undefined) groups.set(key(value), [value]);
    else group.push(value);
  }
  return groups;
}
