// Holds the claim of a throttle by reputation against a log: refusals that no limit on connections explains, their length, their return.
import type { Judgement, Stretch } from "../measurement.ts";
import { type Case, judgementOf, partOf } from "./judgeCase.ts";
import { tallyOf } from "./judgeConnections.ts";
import { lengthText } from "./moments.ts";
import { counted } from "./words.ts";

/** A refused stretch of this length is no passing crowd. */
const long = 600_000;
/** Who is let in again so soon was not held off. */
const brief = 60_000;

/** The judgement, with the numbers that a person would ask for. */
export function judgeThrottle(the: Case): Judgement {
  const tally = tallyOf(the, 1);
  const words = throttleWords(the);
  const longest = longestOf(the);
  const length = longest === undefined ? 0 : longest.to - longest.from;
  const line = longest?.line ?? the.refusals.at[0]?.line;
  if (tally.alone * 2 >= tally.of || (tally.alone > 0 && length >= long)) return judgementOf("supported", words, line);
  const crowded = tally.sure === tally.of && length < brief && the.measurement.accepted > 0;
  return judgementOf(crowded ? "contradicted" : "cannot-tell", words, line);
}

/** "7 messages were accepted before the first refusal; 3 of 16 refusals came with a single session open; …" */
export function throttleWords(the: Case): string {
  const { acceptedBefore } = the.refusals;
  const before = acceptedBefore === 0 ? "No message was" : counted(acceptedBefore, "message was", "messages were");
  const single = `${partOf(tallyOf(the, 1).alone, the)} came with a single session open`;
  return `${before} accepted before the first refusal; ${single}; ${stretchWords(the)}.`;
}

function stretchWords(the: Case): string {
  const stretches = stretchesOf(the);
  const longest = longestOf(the);
  if (longest === undefined || longest.to - longest.from < 1000)
    return "mail was never held off for more than a moment";
  const times = stretches.length === 1 ? "once" : `the longest of ${stretches.length.toLocaleString("en-US")} times`;
  return `nothing was accepted for ${lengthText(longest.to - longest.from)}, ${times}`;
}

/** The stretches in which a refusal of this page falls. */
function stretchesOf({ measurement, refusals }: Case): readonly Stretch[] {
  return measurement.stretches.filter(({ from, to }) => refusals.at.some(({ at }) => from <= at && at <= to));
}

function longestOf(the: Case): Stretch | undefined {
  let longest: Stretch | undefined;
  for (const stretch of stretchesOf(the)) {
    if (longest === undefined || stretch.to - stretch.from > longest.to - longest.from) longest = stretch;
  }
  return longest;
}
