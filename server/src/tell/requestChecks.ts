// What checks of the address found, as a letter tells it: nothing that was not asked, and when it was.
import type { Report, Row } from "../model.ts";
import { bounded, visible } from "./markdown.ts";
import { shownTime } from "./requestTimes.ts";

/** The check that the letter tells of: the latest of this address that asked something. */
export function latestCheck(reports: readonly Report[]): Report | undefined {
  const made = reports.filter(({ rows, ended }) => rows.length > 0 && ended !== "not-asked" && ended !== "offline");
  return [...made].sort((a, b) => a.started.localeCompare(b.started)).at(-1);
}

/** The name in reverse DNS, as far as the check tells: "mail.example.org, which leads back to the address". */
export function reverseName({ rows }: Report): string | undefined {
  const ptr = rows.find(({ id }) => id === "ptr");
  if (ptr?.verdict === "fail") return "none";
  if (ptr?.verdict !== "pass") return undefined;
  const at = ptr.asked.findIndex((question) => question.endsWith(" PTR"));
  const name = plain(ptr.answers[at] ?? "", 300);
  const back = rows.find(({ id }) => id === "fcrdns")?.verdict;
  if (back === "pass") return `${name}, which leads back to the address`;
  return back === "fail" ? `${name}, which does not lead back to the address` : name;
}

/** A line for each thing that was checked; lists are told together. */
export function checkLines({ rows }: Report): readonly string[] {
  const lists = rows.filter(({ probe }) => probe === "blocklist");
  const with_ = (...verdicts: readonly Row["verdict"][]) => lists.filter(({ verdict }) => verdicts.includes(verdict));
  return [
    ...rows.flatMap(rowLine),
    ...listLine("Listed on", with_("listed")),
    ...listLine(
      "Not listed on",
      with_("not-listed").filter((row) => !isAllowList(row)),
    ),
    ...listLine("On the allow-list", with_("pass")),
    ...listLine("No answer from", with_("blocked", "unknown")),
  ];
}

/** What a check found against the address, a clause each. */
export function foundAgainst({ rows }: Report): readonly string[] {
  const listed = rows.filter(({ verdict }) => verdict === "listed").map((row) => `it is listed on ${listName(row)}`);
  const failed = rows.filter(({ id, verdict }) => verdict === "fail" && Object.hasOwn(names, id));
  return [...listed, ...failed.map(({ id }) => `${names[id]} fails`)];
}

/** What a receiver cares about besides lists, by the row's id. */
const names: Readonly<Record<string, string>> = {
  ptr: "Reverse DNS",
  fcrdns: "Forward-confirmed reverse DNS",
  helo: "The HELO name",
  spf: "SPF",
  "spf-helo": "SPF of the HELO name",
  dkim: "The DKIM key",
  dmarc: "DMARC",
  "sender-domain": "The sender's domain",
};

function rowLine({ id, verdict, answer }: Row): readonly string[] {
  const name = Object.hasOwn(names, id) ? names[id] : undefined;
  if (name === undefined) return [];
  if (verdict === "pass") return [`${name}: in order`];
  return verdict === "fail" ? [`${name}: ${plain(answer, 300)}`] : [];
}

function listLine(label: string, rows: readonly Row[]): readonly string[] {
  return rows.length === 0 ? [] : [`${label}: ${rows.map(listName).join(", ")}`];
}

/** "Spamhaus ZEN (PBL)"; the zone when the question does not name the list. */
function listName({ id, question, lists }: Row): string {
  const asked = /^(?:Is it|(?:Is|Are) the domains? .{1,600}) on (?:the allow-list )?([^?]{1,100})\?$/.exec(
    question,
  )?.[1];
  const within = lists.length === 0 ? "" : ` (${lists.slice(0, 10).join(", ")})`;
  return plain(`${asked ?? id}${within}`, 200);
}

function isAllowList({ question }: Row): boolean {
  return question.startsWith("Is it on the allow-list ");
}

/** When a check was made: "2026-11-23 12:00:30 UTC". */
export function checkedAt({ started }: Report): string {
  return shownTime(started);
}

function plain(text: string, most: number): string {
  return visible(bounded(text, most));
}
