// Has work done side by side, and takes what is done in the order in which it was given out.

/** How work is done and taken. */
export interface Work<Item, Done> {
  readonly do: (item: Item) => Promise<Done>;
  readonly take: (done: Done) => Promise<void>;
  /** So many items are out at a time, at most. */
  readonly atOnce: number;
}

/**
 * Does all items. Rejects with the first fault of giving out, doing or taking, when the work that was out has ended:
 * what was given out before a fault of giving out is still taken, what comes behind a fault of doing is not.
 */
export async function inOrder<Item, Done>(
  items: Iterable<Item> | AsyncIterable<Item>,
  work: Work<Item, Done>,
): Promise<void> {
  const out: Promise<Done>[] = [];
  const takeNext = async (): Promise<void> => {
    const next = out.shift();
    try {
      if (next !== undefined) await work.take(await next);
    } catch (problem) {
      await Promise.allSettled(out.splice(0));
      throw problem;
    }
  };
  try {
    for await (const item of items) {
      const done = work.do(item);
      done.catch(() => {});
      out.push(done);
      if (out.length >= work.atOnce) await takeNext();
    }
  } catch (problem) {
    while (out.length > 0) await takeNext().catch(() => {});
    throw problem;
  }
  while (out.length > 0) await takeNext();
}
