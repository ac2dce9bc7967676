// When failures came, in equal steps of time that grow as the log does.

/** How many failures each step of time holds, and the first line of each. */
export interface Timeline {
  /** Milliseconds since 1970, in the log's own clock when it names no zone. */
  readonly start: number;
  readonly step: number;
  readonly permanent: readonly number[];
  readonly temporary: readonly number[];
  readonly ours: readonly number[];
  readonly lines: readonly (number | undefined)[];
}

type Kind = "permanent" | "temporary" | "ours";

interface Step {
  permanent: number;
  temporary: number;
  ours: number;
  line: number;
}

/** Takes failures one by one. */
export interface TimelineMaker {
  add(at: number, kind: Kind, line: number): void;
  /** Undefined while no failure had a time. */
  timeline(): Timeline | undefined;
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Lengths of a step that a reader can name. */
const lengths = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 7, 14, 28, 91, 364, 3_640].map((count) => count * day),
];

/** A plot has no more pixels. */
const mostSteps = 600;

/** A maker of one timeline. Times may come in any order. */
export function createTimeline(): TimelineMaker {
  let steps = new Map<number, Step>();
  let level = 0;
  const lengthOf = (of: number): number => lengths[of] ?? Number.POSITIVE_INFINITY;
  const grow = (): void => {
    level++;
    steps = regrouped(steps, lengthOf(level - 1), lengthOf(level));
  };
  return {
    add(at, kind, line) {
      if (!Number.isFinite(at)) return;
      const key = Math.floor(at / lengthOf(level));
      const known = steps.get(key);
      if (known === undefined) steps.set(key, { permanent: 0, temporary: 0, ours: 0, line, [kind]: 1 });
      else known[kind]++;
      while (known === undefined && steps.size > mostSteps && level < lengths.length - 1) grow();
    },
    timeline() {
      while (spread(steps) > mostSteps && level < lengths.length - 1) grow();
      return steps.size === 0 ? undefined : filled(steps, lengthOf(level));
    },
  };
}

function regrouped(steps: ReadonlyMap<number, Step>, from: number, to: number): Map<number, Step> {
  const wider = new Map<number, Step>();
  for (const [key, step] of steps) {
    const wide = Math.floor((key * from) / to);
    const known = wider.get(wide);
    if (known === undefined) wider.set(wide, { ...step });
    else {
      for (const kind of ["permanent", "temporary", "ours"] as const) known[kind] += step[kind];
      known.line = Math.min(known.line, step.line);
    }
  }
  return wider;
}

/** How many steps lie between the first and the last. */
function spread(steps: ReadonlyMap<number, Step>): number {
  const [first, last] = ends(steps);
  return last - first + 1;
}

function ends(steps: ReadonlyMap<number, Step>): readonly [number, number] {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const key of steps.keys()) {
    first = Math.min(first, key);
    last = Math.max(last, key);
  }
  return [first, last];
}

function filled(steps: ReadonlyMap<number, Step>, step: number): Timeline {
  const [first, last] = ends(steps);
  const all = Array.from({ length: Math.min(last - first + 1, mostSteps) }, (_, index) => steps.get(first + index));
  return {
    start: first * step,
    step,
    permanent: all.map((one) => one?.permanent ?? 0),
    temporary: all.map((one) => one?.temporary ?? 0),
    ours: all.map((one) => one?.ours ?? 0),
    lines: all.map((one) => one?.line),
  };
}
