// Counts texts by how often they come, in bounded memory: nothing is lost from the sum, only from the list.

/** A text and how often it came. */
export interface Counted {
  readonly text: string;
  readonly count: number;
}

/** Counts of texts: exact for the first `most` different ones, later ones are counted together. */
export interface Counter {
  add(text: string | undefined): void;
  /** The most frequent, those that came first before others of the same count. */
  top(most: number): readonly Counted[];
  /** In the order they first came. */
  first(most: number): readonly string[];
  /** How many different texts are told apart. */
  readonly distinct: number;
  /** How often texts came that are not told apart any more; 0 when `distinct` is exact. */
  readonly others: number;
}

/** A counter that tells `most` texts apart; `keep` gives a text back that holds nothing else in memory. */
export function createCounter(most: number, keep: (text: string) => string): Counter {
  const counts = new Map<string, number>();
  let others = 0;
  return {
    add(text) {
      if (text === undefined) return;
      const known = counts.get(text);
      if (known !== undefined) counts.set(text, known + 1);
      else if (counts.size < most) counts.set(keep(text), 1);
      else others++;
    },
    top: (wanted) =>
      [...counts]
        .sort(([, a], [, b]) => b - a)
        .slice(0, wanted)
        .map(([text, count]) => ({ text, count })),
    first: (wanted) => [...counts.keys()].slice(0, wanted),
    get distinct() {
      return counts.size;
    },
    get others() {
      return others;
    },
  };
}
