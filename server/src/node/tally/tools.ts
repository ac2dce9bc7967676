// What finds the lines of a format's logs that may matter: made once in each thread.
import { baitsFor } from "../../log/readAs.ts";
import type { FormatId } from "../../model.ts";
import type { Scanner } from "../bytes/contract.ts";
import { createScanner } from "../bytes/scanner.ts";
import { longestSight } from "./task.ts";

/** A scanner, and the patterns that it looks for. */
export interface Tools {
  readonly scanner: Scanner;
  readonly baits: readonly RegExp[];
}

const tools = new Map<FormatId, Tools>();

/** The tools for a log; the first log of a format gives the sample that they are made with. */
export function toolsFor(format: FormatId, sample: () => Uint8Array): Tools {
  const known = tools.get(format);
  if (known !== undefined) return known;
  const baits = baitsFor(format);
  const made = { scanner: createScanner(baits, sample(), longestSight), baits };
  tools.set(format, made);
  return made;
}
