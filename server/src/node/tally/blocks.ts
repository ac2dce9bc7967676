// Cuts a stream of bytes into blocks for those who read, each with what is before and behind it in sight.
import { type Block, longestSight, seenBefore, seenBehind } from "./task.ts";

/** Collects bytes and gives them as blocks; each has memory of its own. */
export interface Cutter {
  /** Takes bytes; the blocks that are full now. */
  push(chunk: Uint8Array): readonly Block[];
  /** The last block, which may be empty. */
  finish(): Block;
}

/** A cutter for one stream. */
export function createCutter(): Cutter {
  let block: Block = { bytes: new Uint8Array(longestSight), start: 0, end: 0, length: 0, offset: 0 };
  return {
    push(chunk) {
      const full: Block[] = [];
      for (let rest = chunk; rest.length > 0; ) {
        const part = rest.subarray(0, longestSight - block.length);
        block.bytes.set(part, block.length);
        block = { ...block, length: block.length + part.length };
        rest = rest.subarray(part.length);
        if (block.length < longestSight) continue;
        const done = { ...block, end: longestSight - seenBehind };
        block = following(done);
        full.push(done);
      }
      return full;
    },
    finish: () => ({ ...block, end: block.length }),
  };
}

/** The block behind one, which begins with the end of that one. */
function following({ bytes, end, length, offset }: Block): Block {
  const from = end - seenBefore;
  const next = new Uint8Array(longestSight);
  next.set(bytes.subarray(from, length));
  return { bytes: next, start: end - from, end: 0, length: length - from, offset: offset + from };
}
