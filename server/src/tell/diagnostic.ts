// Tells a finding in one short plain sentence or two, for the list of problems.
import type { Finding } from "../model.ts";
import { counted, ended, permanenceLabel } from "./words.ts";

/** Plain text, first sentence short: the editor shows it as it is. */
export function findingMessage(finding: Finding): string {
  const { entry, decoded } = finding;
  const lists = decoded?.lists.map((list) => list.name).join(", ") ?? "";
  const named = lists === "" ? "" : ` Lists: ${lists}.`;
  const first = entry.remedies[0];
  const step = first === undefined ? "" : `\nFirst: ${first.text}`;
  return `${permanenceLabel(finding)}: ${ended(entry.title)}${named}${step}`;
}

/** The message that stands for all `count` findings of one kind in a log with too many of them; `last`: their last line, from 0. */
export function groupMessage(first: Finding, last: number, count: number): string {
  const range = `lines ${(first.delivery.line + 1).toLocaleString("en-US")} to ${(last + 1).toLocaleString("en-US")}`;
  return `${counted(count, "time")} in this log (${range}): ${findingMessage(first)}`;
}
