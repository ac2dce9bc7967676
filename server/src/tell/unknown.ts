// Tells what only its code explained: for a terminal, and as Markdown for editors without the panel.
import type { UnknownPage, UnknownReply } from "../protocol.ts";
import { bounded, escaped, inlineCode, visible } from "./markdown.ts";
import { counted } from "./words.ts";

/** A reply with the log that it stands in. */
export interface ListedReply extends UnknownReply {
  readonly log: string;
}

/** How much is unknown, in numbers. */
export type UnknownCount = Pick<NonNullable<UnknownPage["log"]>, "failures" | "unknown" | "kinds" | "left">;

const mostRows = 100;
const longestTemplate = 160;

/** What logs say that nobody knows, for a person at a terminal. */
export function unknownText(count: UnknownCount, replies: readonly ListedReply[]): string {
  const rows = replies.slice(0, mostRows).map((reply, index) => row(reply, index + 1));
  const more = replies.length - rows.length;
  const rest = more > 0 ? [`… and ${counted(more, "more kind", "more kinds")}: --json lists all of them.\n`] : [];
  return [`${headline(count)}\n`, ...rows, ...rest].join("");
}

function row({ count, template, provider, direction, first, log }: ListedReply, number: number): string {
  const who = direction === "we-refused-them" ? "your own server" : (provider ?? "nobody known");
  const times = `${count.toLocaleString("en-US")}×`.padStart(8);
  const place = `${visible(log)}:${first + 1}`;
  return `${String(number).padStart(4)}. ${times}  ${shown(template)}\n                 ${who}; first at ${place}\n`;
}

function shown(template: string): string {
  return bounded(visible(template), longestTemplate);
}

/** "120 of 1,328 failures are explained by their code alone; they say 20 different things." */
export function headline({ failures, unknown, kinds, left }: UnknownCount): string {
  if (failures === 0) return "There is no failure here.";
  if (unknown === 0 && failures === 1) return "The one failure is explained by more than its code.";
  if (unknown === 0) return `All ${counted(failures, "failure")} are explained by more than a code.`;
  const what = `${unknown.toLocaleString("en-US")} of ${counted(failures, "failure")} ${unknown === 1 ? "is" : "are"} explained by the code alone`;
  const rest =
    left === 0
      ? ""
      : ` ${counted(left, "of them is", "of them are")} not listed, because too many say something different.`;
  return `${what}, in ${counted(kinds, "wording")}.${rest}`;
}

/** The page as Markdown; log text in it is escaped. */
export function unknownMarkdown({ log, replies }: UnknownPage): string {
  if (log === undefined)
    return "# Unknown replies\n\nOpen a mail log to see which of its replies nobody explains yet.\n";
  const rows = replies.slice(0, mostRows).map(({ count, template, provider, direction, first }) => {
    const who = direction === "we-refused-them" ? "your own server" : (provider ?? "nobody known");
    return `- ${counted(count, "time")}, first in line ${first + 1}, ${escaped(who)}: ${inlineCode(shown(template))}`;
  });
  return ["# Unknown replies", "", escaped(headline(log)), "", ...rows, ""].join("\n");
}
