// Finds which of many phrases stand in a text, in one pass over the text whatever their number (Aho and Corasick, 1975).

/** Gives the indexes of the phrases that stand in a text, each once, ascending. Letters are compared as they are. */
export type Finder = (text: string) => readonly number[];

const nothing: readonly number[] = [];

/** The phrases as one machine: in each state a letter leads to the next. State 0 is the start, and no letter of any phrase is class 0. */
interface Machine {
  readonly classes: Classes;
  /** `next[state * width + class]`. */
  readonly next: Uint16Array | Uint32Array;
  readonly width: number;
  /** For each state, the place in `ends` of the phrases that end there; 0 for none. */
  readonly found: Uint32Array;
  /** Phrases by index; those that end within a longer one that was read included. */
  readonly ends: (readonly number[])[];
}

/** Letters that mean the same to all phrases have one class: nearly all of them 0. */
interface Classes {
  readonly latin: Uint16Array;
  readonly others: ReadonlyMap<number, number>;
}

/** A finder for phrases, none of them empty; built by its first use. */
export function finderOf(phrases: readonly string[]): Finder {
  let machine: Machine | undefined;
  return (text) => {
    machine ??= machineOf(phrases);
    return search(machine, text);
  };
}

function machineOf(phrases: readonly string[]): Machine {
  const letters = [...new Set(phrases.flatMap((phrase) => phrase.split("").map((letter) => letter.charCodeAt(0))))];
  const width = letters.length + 1;
  const latin = new Uint16Array(256);
  for (const [index, letter] of letters.entries()) if (letter < 256) latin[letter] = index + 1;
  const classes = { latin, others: new Map(letters.map((letter, index) => [letter, index + 1])) };
  const most = phrases.reduce((sum, { length }) => sum + length, 1);
  const tree = { classes, width, next: new Uint32Array(most * width), found: new Uint32Array(most), ends: [nothing] };
  const states = plant(tree, phrases);
  const machine = { ...tree, next: compact(tree.next.subarray(0, states * width), states) };
  link(machine);
  return machine;
}

/** Half the size where the number of states allows: the less memory is gone through, the faster. */
function compact(next: Uint32Array, states: number): Machine["next"] {
  return states < 65_536 ? Uint16Array.from(next) : next.slice();
}

/** Makes a state for each beginning of a phrase; gives how many there are. */
function plant({ classes, width, next, found, ends }: Machine, phrases: readonly string[]): number {
  let states = 1;
  for (const [index, phrase] of phrases.entries()) {
    let state = 0;
    for (let at = 0; at < phrase.length; at++) {
      const edge = state * width + classOf(classes, phrase.charCodeAt(at));
      if (next[edge] === 0) next[edge] = states++;
      state = next[edge] ?? 0;
    }
    addEnds(found, ends, { state, phrases: [index] });
  }
  return states;
}

/** Leads each letter that no phrase goes on with to the longest end of what was read that goes on so; shorter beginnings come first. */
function link({ width, next, found, ends }: Machine): void {
  const fallbacks = new Uint32Array(next.length / width);
  const queue = [0];
  // The queue grows while it is gone through.
  for (const state of queue) {
    const fallback = fallbacks[state] ?? 0;
    for (let letter = 1; letter < width; letter++) {
      const below = state === 0 ? 0 : (next[fallback * width + letter] ?? 0);
      const child = next[state * width + letter] ?? 0;
      if (child === 0) next[state * width + letter] = below;
      else {
        fallbacks[child] = below;
        addEnds(found, ends, { state: child, phrases: ends[found[below] ?? 0] ?? nothing });
        queue.push(child);
      }
    }
  }
}

function addEnds(
  found: Uint32Array,
  ends: (readonly number[])[],
  { state, phrases }: { readonly state: number; readonly phrases: readonly number[] },
): void {
  if (phrases.length > 0) found[state] = ends.push([...(ends[found[state] ?? 0] ?? nothing), ...phrases]) - 1;
}

function classOf({ latin, others }: Classes, letter: number): number {
  return letter < 256 ? (latin[letter] ?? 0) : (others.get(letter) ?? 0);
}

function search({ classes, width, next, found, ends }: Machine, text: string): readonly number[] {
  let state = 0;
  let seen: Set<number> | undefined;
  for (let at = 0; at < text.length; at++) {
    state = next[state * width + classOf(classes, text.charCodeAt(at))] ?? 0;
    const end = found[state] ?? 0;
    if (end === 0) continue;
    seen ??= new Set();
    for (const index of ends[end] ?? nothing) seen.add(index);
  }
  return seen === undefined ? nothing : [...seen].sort((a, b) => a - b);
}
