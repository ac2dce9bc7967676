// Recognises failures whose words were seen before, so that they need not be looked up again.
import type { Delivery } from "../model.ts";
import type { Heap } from "./heap.ts";

/** Where a failure that was seen is counted. */
export interface Counted {
  readonly heap: Heap;
  /** The number of its wording. */
  readonly wording: number;
}

/** What was seen lately. */
export interface Recall {
  /** Where a failure was counted that differs in nothing by which failures are told apart. */
  find(delivery: Delivery, provider: string | undefined): Counted | undefined;
  /** Remembers one whose words come again. */
  remember(delivery: Delivery, provider: string | undefined, counted: Counted): void;
}

/** All that tells failures of the same words apart. */
interface Seen extends Counted {
  readonly provider: string | undefined;
  readonly direction: Delivery["direction"];
  readonly outcome: Delivery["outcome"];
  readonly stage: Delivery["stage"];
  readonly replied: boolean;
  readonly code: number | undefined;
  readonly enhanced: string | undefined;
  readonly token: string | undefined;
}

const mostTexts = 2048;
const mostOfText = 8;

/** How many sums of texts are kept; a power of two. */
const slots = 4096;

/** Nothing seen yet; `keep` gives a copy of a text that holds nothing else in memory. */
export function createRecall(keep: (text: string) => string): Recall {
  const kept = (text: string | undefined) => (text === undefined ? undefined : keep(text));
  const texts = new Map<string, Seen[]>();
  const sums = new Int32Array(slots);
  return {
    find(delivery, provider) {
      const all = texts.get(delivery.words);
      if (all === undefined) return undefined;
      for (const seen of all) if (seen.provider === provider && isSame(seen, delivery)) return seen;
      return undefined;
    },
    remember(delivery, provider, counted) {
      const { words, reply, direction, outcome, stage } = delivery;
      // Elsewhere than in a reply of several lines its text is the words.
      if ((reply !== undefined && reply.text !== words) || !comesAgain(words, sums)) return;
      if (texts.size >= mostTexts) texts.clear();
      const codes = { code: reply?.code, enhanced: kept(reply?.enhanced), token: kept(reply?.token) };
      const seen = { ...counted, ...codes, provider, direction, outcome, stage, replied: reply !== undefined };
      const known = texts.get(words);
      if (known === undefined) texts.set(keep(words), [seen]);
      else if (known.length < mostOfText) known.push(seen);
    },
  };
}

function isSame(seen: Seen, { reply, words, direction, outcome, stage }: Delivery): boolean {
  if (seen.direction !== direction || seen.outcome !== outcome || seen.stage !== stage) return false;
  if (reply === undefined) return !seen.replied;
  return (
    seen.replied &&
    seen.code === reply.code &&
    seen.enhanced === reply.enhanced &&
    seen.token === reply.token &&
    reply.text === words
  );
}

/** True for a text whose sum was seen lately: texts that come once only, as those with a name in them, would push out all others. */
function comesAgain(text: string, sums: Int32Array): boolean {
  const step = 1 + (text.length >> 5);
  let sum = text.length;
  for (let at = 0; at < text.length; at += step) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  const slot = (sum ^ (sum >>> 15)) & (slots - 1);
  const again = sums[slot] === sum;
  sums[slot] = sum;
  return again;
}
