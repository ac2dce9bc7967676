// Finds which of many phrases stand in a text, in one pass over the text whatever their number (Aho and Corasick, 1975).
import { beyondAscii } from "./patterns.ts";

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

/** A phrase and its index. */
type Numbered = readonly [phrase: string, index: number];

/** A finder for phrases, none of them empty; built by its first use. Phrases beyond ASCII are looked for where there are such letters: their many letters would make the table of the others wide. */
export function finderOf(phrases: readonly string[]): Finder {
  const numbered = phrases.map((phrase, index): Numbered => [phrase, index]);
  const plain = machineFor(numbered.filter(([phrase]) => !beyondAscii.test(phrase)));
  const foreign = machineFor(numbered.filter(([phrase]) => beyondAscii.test(phrase)));
  return (text) => {
    const found = search(plain(), text);
    if (!beyondAscii.test(text)) return found;
    const more = search(foreign(), text);
    return more.length === 0 ? found : [...found, ...more].sort((a, b) => a - b);
  };
}

function machineFor(phrases: readonly Numbered[]): () => Machine {
  let machine: Machine | undefined;
  return () => {
    machine ??= machineOf(phrases);
    return machine;
  };
}

function machineOf(phrases: readonly Numbered[]): Machine {
  const classes = classesOf(phrases);
  const width = classes.others.size + 1;
  const most = phrases.reduce((sum, [{ length }]) => sum + length, 1);
  const tree = { classes, width, next: table(most, most * width), found: new Uint32Array(most), ends: [nothing] };
  const states = plant(tree, phrases);
  const machine = { ...tree, next: tree.next.slice(0, states * width) };
  link(machine);
  return machine;
}

/** Numbers of states, in half the memory where there are few: the less is gone through, the faster. */
function table(states: number, size: number): Machine["next"] {
  return states < 65_536 ? new Uint16Array(size) : new Uint32Array(size);
}

function classesOf(phrases: readonly Numbered[]): Classes {
  const others = new Map<number, number>();
  for (const [phrase] of phrases)
    for (let at = 0; at < phrase.length; at++) {
      const letter = phrase.charCodeAt(at);
      if (!others.has(letter)) others.set(letter, others.size + 1);
    }
  const latin = new Uint16Array(256);
  for (const [letter, number] of others) if (letter < 256) latin[letter] = number;
  return { latin, others };
}

/** Makes a state for each beginning of a phrase; gives how many there are. */
function plant({ classes, width, next, found, ends }: Machine, phrases: readonly Numbered[]): number {
  let states = 1;
  for (const [phrase, index] of phrases) {
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
