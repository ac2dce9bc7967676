// Finds which of many phrases stand in a text, in one pass over the text whatever their number (Aho and Corasick, 1975).

interface Node {
  readonly next: Map<number, Node>;
  /** Where the search goes on when no letter fits: the longest end of what was read that begins another phrase. */
  fail: Node | undefined;
  /** The phrases that end here, by index; those of the fail chain included. */
  found: readonly number[];
}

/** Gives the indexes of the phrases that stand in a text, each once, ascending. Letters are compared as they are. */
export type Finder = (text: string) => readonly number[];

const nothing: readonly number[] = [];

/** A finder for phrases, none of them empty; built by its first use. */
export function finderOf(phrases: readonly string[]): Finder {
  let root: Node | undefined;
  return (text) => {
    root ??= linked(planted(phrases));
    return search(root, text);
  };
}

function newNode(): Node {
  return { next: new Map(), fail: undefined, found: nothing };
}

function planted(phrases: readonly string[]): Node {
  const root = newNode();
  for (const [index, phrase] of phrases.entries()) {
    let node = root;
    for (let at = 0; at < phrase.length; at++) node = childOf(node, phrase.charCodeAt(at));
    node.found = [...node.found, index];
  }
  return root;
}

function childOf(node: Node, letter: number): Node {
  const known = node.next.get(letter);
  if (known !== undefined) return known;
  const child = newNode();
  node.next.set(letter, child);
  return child;
}

/** Breadth first, so that a node's fail is linked before the node is. */
function linked(root: Node): Node {
  const queue: Node[] = [root];
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    for (const [letter, child] of node.next) {
      child.fail = step(root, node.fail, letter);
      if (child.fail.found.length > 0) child.found = [...child.found, ...child.fail.found];
      queue.push(child);
    }
  }
  return root;
}

/** The node behind `letter`, from `from` or the longest end of it that goes on so. */
function step(root: Node, from: Node | undefined, letter: number): Node {
  for (let node = from; node !== undefined; node = node.fail) {
    const next = node.next.get(letter);
    if (next !== undefined) return next;
  }
  return root;
}

function search(root: Node, text: string): readonly number[] {
  let node = root;
  let found: Set<number> | undefined;
  for (let at = 0; at < text.length; at++) {
    node = step(root, node, text.charCodeAt(at));
    if (node.found.length === 0) continue;
    found ??= new Set();
    for (const index of node.found) found.add(index);
  }
  return found === undefined ? nothing : [...found].sort((a, b) => a - b);
}
