// Counts how many spans of time lie over each other, in one pass over their sorted ends.

/** A span, both ends included. `owner` counts once, however many of its spans lie over each other. */
export interface Stay {
  readonly from: number;
  readonly to: number;
  readonly owner: string | undefined;
}

/** Told at each end of a span: which one, whether it begins, and how many lie over each other (the ending one included). */
export type Watch = (at: number, index: number, count: number) => void;

interface Edge {
  readonly at: number;
  readonly index: number;
  /** 0 ends a span that began before, 1 begins one, 2 ends one that began at this very moment. */
  readonly kind: 0 | 1 | 2;
}

/** Sweeps over spans; one that begins where another ends does not lie over it, one without length counts at its moment. */
export function sweep(stays: readonly Stay[], watch: { begin: Watch; end: Watch }): void {
  const edges: Edge[] = stays.flatMap(({ from, to }, index) => [
    { at: from, index, kind: 1 },
    { at: Math.max(from, to), index, kind: to > from ? 0 : 2 },
  ]);
  edges.sort((a, b) => a.at - b.at || a.kind - b.kind || a.index - b.index);
  const owners = new Map<string, number>();
  let count = 0;
  for (const { at, index, kind } of edges) {
    const owner = stays[index]?.owner;
    if (kind === 1) {
      if (enter(owners, owner)) count++;
      watch.begin(at, index, count);
    } else {
      watch.end(at, index, count);
      if (leave(owners, owner)) count--;
    }
  }
}

function enter(owners: Map<string, number>, owner: string | undefined): boolean {
  if (owner === undefined) return true;
  const held = owners.get(owner) ?? 0;
  owners.set(owner, held + 1);
  return held === 0;
}

function leave(owners: Map<string, number>, owner: string | undefined): boolean {
  if (owner === undefined) return true;
  const held = (owners.get(owner) ?? 1) - 1;
  if (held > 0) owners.set(owner, held);
  else owners.delete(owner);
  return held === 0;
}
