// Findings for the tests of words: what the analysis makes of one line.
import { analyse } from "../../server/src/analyse.ts";
import { entryById } from "../../server/src/catalogue/data.ts";
import type { Decoded, Entry, Finding } from "../../server/src/model.ts";

const relay = "cxr.mx.a.cloudfilter.net";

/** A Postfix line with a refusal by Cox's hosts, long before its mail moved to Yahoo. */
export function coxLine(reply: string, own: { readonly time?: string; readonly to?: string } = {}): string {
  const { time = "2023-06-03T10:02:07+00:00", to = "pat@cox.net" } = own;
  return `${time} mx1 postfix/smtp[911]: 4VtCqB1abcz9: to=<${to}>, relay=${relay}[192.0.2.8]:25, delay=1, delays=0/0/0.5/0.5, dsn=4.0.0, status=${reply.startsWith("4") ? "deferred" : "bounced"} (host ${relay}[192.0.2.8] said: ${reply} (in reply to MAIL FROM command))`;
}

/** The findings of these lines. */
export function findingsOf(...lines: readonly string[]): readonly Finding[] {
  return analyse(`${lines.join("\n")}\n`, { fileDate: undefined, certain: true })?.findings ?? [];
}

/** The finding of one line, which must have one. */
export function findingOf(line: string): Finding {
  const [finding] = findingsOf(line);
  if (finding === undefined) throw new TypeError(`nothing is found on ${line}`);
  return finding;
}

/** An entry of the catalogue by its id, which must exist. */
export function known(id: string): { readonly entry: Entry; readonly decoded: Decoded | undefined } {
  const found = entryById(id);
  if (found === undefined) throw new TypeError(`the catalogue has no ${id}`);
  return found;
}
