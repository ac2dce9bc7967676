// Counts how many spans of time lie over each other, in one pass over their sorted ends.

/** A span, both ends included. `owner` counts once, however many of its spans lie over each other. */
export interface Stay {
  readonly from: number;
  readonly to: number;
  readonly owner: string | undefined;
}

/** Told at each end of a span: which one, and how many lie over each other, one that ends included. */
export type Watch = (at: number, index: number, count: number) => void;

/** Sweeps over spans; one that begins where another ends does not lie over it, one without length counts at its moment. */
export function sweep(stays: readonly Stay[], watch: { readonly begin: Watch; readonly end: Watch }): void {
  const queues = queuesOf(stays);
  const owners = new Map<string, number>();
  let count = 0;
  for (let next = soonest(queues); next !== undefined; next = soonest(queues)) {
    const index = next.order[next.done++] ?? 0;
    const at = next.times[index] ?? 0;
    const owner = stays[index]?.owner;
    if (next.begins) {
      if (enter(owners, owner)) count++;
      watch.begin(at, index, count);
    } else {
      watch.end(at, index, count);
      if (leave(owners, owner)) count--;
    }
  }
}

interface Queue {
  readonly begins: boolean;
  readonly times: Float64Array;
  /** Indexes of spans, sorted by their times. */
  readonly order: Uint32Array;
  done: number;
}

/** In the order that counts at one moment: ends of what began before, beginnings, ends of what began at this very moment. */
function queuesOf(stays: readonly Stay[]): readonly Queue[] {
  const from = Float64Array.from(stays, (stay) => stay.from);
  const to = Float64Array.from(stays, (stay) => Math.max(stay.from, stay.to));
  const all = Uint32Array.from(stays.keys());
  const lasts = (index: number): boolean => (to[index] ?? 0) > (from[index] ?? 0);
  return [
    queue(false, to, all.filter(lasts)),
    queue(true, from, all),
    queue(
      false,
      to,
      all.filter((index) => !lasts(index)),
    ),
  ];
}

function queue(begins: boolean, times: Float64Array, indexes: Uint32Array): Queue {
  return { begins, times, order: indexes.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b), done: 0 };
}

function soonest(queues: readonly Queue[]): Queue | undefined {
  let best: Queue | undefined;
  let first = Number.POSITIVE_INFINITY;
  for (const queue of queues) {
    const { done, order, times } = queue;
    const at = done < order.length ? (times[order[done] ?? 0] ?? 0) : Number.POSITIVE_INFINITY;
    if (at < first) [best, first] = [queue, at];
  }
  return best;
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
