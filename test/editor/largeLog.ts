// A mail log just beyond what VS Code hands over to extensions.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { postfixLog } from "../bench/log.ts";

/** Its lines that hold a refusal, from 1. */
export interface LargeLog {
  readonly path: string;
  /** By the code that stands on them. */
  readonly lines: Readonly<Record<"AUP#CXCNCT" | "AUP#IPBL0001", readonly number[]>>;
  readonly failing: readonly number[];
}

/** Writes it into a folder. */
export function writeLargeLog(folder: string, name: string): LargeLog {
  const text = postfixLog({ bytes: 51 * 1024 * 1024, failures: 0.002, seed: 7 });
  const path = join(folder, name);
  writeFileSync(path, text);
  const lines = text.split("\n");
  const holding = (what: string | RegExp): number[] =>
    lines.flatMap((line, index) => (line.search(what) < 0 ? [] : [index + 1]));
  return {
    path,
    lines: { "AUP#CXCNCT": holding("AUP#CXCNCT"), "AUP#IPBL0001": holding("AUP#IPBL0001") },
    failing: holding(/status=(?:deferred|bounced)/),
  };
}
