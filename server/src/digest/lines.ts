// The numbers of failing lines, however many: four bytes each, found by halving.

/** Line numbers from 0, rising, each once. */
export interface Lines {
  /** Adds a line that is not before the last one. */
  push(line: number): void;
  /** The first line behind `line`; undefined when there is none. */
  after(line: number): number | undefined;
  /** The last line before `line`; undefined when there is none. */
  before(line: number): number | undefined;
  /** The line at a place in the order; undefined beyond the end. */
  at(index: number): number | undefined;
  readonly length: number;
}

/** No lines yet. */
export function createLines(): Lines {
  let lines = new Uint32Array(1024);
  let length = 0;
  const at = (index: number): number | undefined => (index < 0 || index >= length ? undefined : lines[index]);
  /** The index of the first line that is `line` or behind it. */
  const indexOf = (line: number): number => {
    let [low, high] = [0, length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((lines[middle] ?? 0) < line) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    push(line) {
      if (length > 0 && lines[length - 1] === line) return;
      if (length === lines.length) {
        const more = new Uint32Array(length * 2);
        more.set(lines);
        lines = more;
      }
      lines[length++] = line;
    },
    after: (line) => at(indexOf(line + 1)),
    before: (line) => at(indexOf(line) - 1),
    at,
    get length() {
      return length;
    },
  };
}
