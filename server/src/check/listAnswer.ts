// What a list's answer comes to, in words: the one place that tells listed from not listed, refused and unknown.
import type { Verdict } from "../model.ts";
import type { Codes } from "./codes.ts";
import type { Health } from "./health.ts";
import { zoneShown } from "./listNames.ts";
import type { Blocklist, ListCode } from "./listTypes.ts";
import { type Judgement, shown, unanswered } from "./probe.ts";
import type { DnsAnswer } from "./resolver.ts";

/** What a list is asked about. */
export interface Thing {
  readonly noun: "address" | "domain";
  /** For people: "192.0.2.1", "example.net (HELO)". */
  readonly text: string;
  /** What stands before the zone. */
  readonly label: string;
}

/** All that is known when a list has answered. */
export interface Evidence {
  readonly list: Blocklist;
  readonly thing: Thing;
  readonly codes: Codes;
  readonly answer: DnsAnswer;
  readonly health: Health;
  /** When the check began, for people. */
  readonly time: string;
}

/** The judgement of a list's answer. */
export function judgeList(evidence: Evidence): Judgement {
  return { ...judge(evidence), link: linkOf(evidence), details: detailsOf(evidence) };
}

const gravity: readonly Verdict[] = ["listed", "blocked", "unknown", "not-checked", "not-listed", "pass"];

/** One judgement of several about the same list: the gravest verdict, with the words of all. At least one must be given. */
export function mergeAnswers(all: readonly Judgement[]): Judgement {
  const [gravest] = [...all].sort((a, b) => gravity.indexOf(a.verdict) - gravity.indexOf(b.verdict));
  if (gravest === undefined) throw new TypeError("no answer to merge");
  const each = <T>(read: (one: Judgement) => T | undefined) =>
    [...new Set(all.map(read))].filter((item) => item !== undefined);
  return {
    ...gravest,
    brief: each(({ brief }) => brief).join("; ") || undefined,
    answer: each(({ answer }) => answer).join(" "),
    remedy: each(({ remedy }) => remedy).join(" ") || undefined,
    lists: [...new Set(all.flatMap(({ lists = [] }) => lists))],
  };
}

/** The judgement of a list that is not asked, because it knows no IPv6. */
export function wrongFamily(list: Blocklist): Judgement {
  return {
    verdict: "not-checked",
    brief: `${list.name} not checked`,
    answer: `${list.name} does not take questions about IPv6 addresses.`,
    remedy: undefined,
    link: undefined,
  };
}

// The order matters: what makes every answer worthless comes before what the answer says.
function judge(evidence: Evidence): Judgement {
  const { list, codes, answer, health } = evidence;
  if (codes.foreign.length > 0) return rewritten(evidence);
  if (codes.errors.length > 0) return refused(evidence);
  const fault = answer.kind === "answer" || answer.kind === "nxdomain" ? faultOf(list, health) : undefined;
  if (fault !== undefined) return unusable(evidence, fault);
  if (codes.listed.length > 0) return listed(evidence);
  if (codes.undocumented.length > 0) return undocumented(evidence);
  if (codes.notes.length > 0) return noted(evidence);
  return withoutCode(evidence);
}

function faultOf({ kind, testName = "test" }: Blocklist, health: Health): string | undefined {
  const [mustNot, must] = kind === "domain" ? ["invalid", testName] : ["127.0.0.1", "127.0.0.2"];
  const every = kind === "domain" ? "domain" : "address";
  const faults: Partial<Record<Health, string>> = {
    "lists-the-world": `It lists an ${kind === "domain" ? "entry" : "address"} that no list may list (${mustNot}), so it would list every ${every}.`,
    rewritten:
      "Its test entries lead outside 127.0.0.0/8: the resolver replaces missing names by an address of its own, or the list is gone and somebody else has its name.",
    dead: `It does not list its own test entry (${must}): the list is empty or gone, or the resolver hides it.`,
  };
  return faults[health];
}

function withoutCode(evidence: Evidence): Judgement {
  const { list, answer, health, thing } = evidence;
  if (answer.kind === "nxdomain") {
    if (health === "ok" || health === "untested") return notListed(evidence);
    if (health === "blocked") return refused(evidence);
    return unusable(evidence, "It named no entry, but its test entries were not answered.");
  }
  const kind = answer.kind === "answer" ? "invalid" : answer.kind;
  const brief = kind === "cancelled" ? `${list.name} not checked` : notKnown(evidence, "gave no valid answer");
  return unanswered(kind, { brief, so: `So it is not known whether the ${thing.noun} is listed.` });
}

function notKnown({ list, thing }: Evidence, why: string): string {
  return `${list.name} ${why}, so it is not known whether the ${thing.noun} is listed`;
}

const proofs: Readonly<Record<Blocklist["testPoints"], string>> = {
  rfc5782: "Its test entries answer as they should.",
  "listed-only": "Its test entry answers as it should.",
  none: "It has no test entries that could prove that it works.",
};

function notListed({ list, thing, time }: Evidence): Judgement {
  const none = { verdict: "not-listed", remedy: undefined, link: undefined } as const;
  if (list.kind === "allow")
    return {
      ...none,
      brief: undefined,
      answer: `${list.name} does not know the ${thing.noun} as a mail server's. That means nothing bad: most senders are on no allow-list. ${proofs[list.testPoints]}`,
    };
  return {
    ...none,
    brief: `${whose(thing)}not on ${list.name} at ${time}`,
    answer: `${list.name} had no entry for the ${calledThing(thing)} at ${time}. ${proofs[list.testPoints]}`,
  };
}

// A code that is no listing: the trust of an allow-list, or a reputation that is not bad.
function noted(evidence: Evidence): Judgement {
  const { list, codes, thing, time } = evidence;
  const allowed = list.kind === "allow";
  const names = codes.notes.map((note) => note.name).join(", ");
  return {
    verdict: allowed ? "pass" : "not-listed",
    brief: allowed ? `on the allow-list ${list.name} (${names})` : `${whose(thing)}not on ${list.name} at ${time}`,
    answer: codes.notes.map((note) => note.means).join(" "),
    remedy: undefined,
    link: undefined,
  };
}

function refused(evidence: Evidence): Judgement {
  const { list, codes, thing } = evidence;
  const reasons = codes.errors.map((error) => `${error.means} (${error.code})`);
  const known = reasons.length > 0 ? reasons : [`${list.operator} refuses this resolver.`];
  return {
    verdict: "blocked",
    brief: notKnown(evidence, "refuses this resolver"),
    answer: `${[...new Set(known)].join(" ")} So it is not known whether the ${thing.noun} is listed.`,
    remedy: [...new Set(codes.errors.map((error) => error.remedy))].join(" ") || undefined,
    link: undefined,
    turn: codes.errors.length > 0 ? "you" : undefined,
  };
}

function some(records: readonly string[]): string {
  return records.slice(0, 5).map(shown).join(", ");
}

function rewritten(evidence: Evidence): Judgement {
  return unusable(
    evidence,
    `It answered ${some(evidence.codes.foreign)}, outside 127.0.0.0/8: the resolver replaces missing names by an address of its own, or the list is gone and somebody else has its name.`,
  );
}

function undocumented(evidence: Evidence): Judgement {
  const text = some(evidence.codes.undocumented);
  return unusable(evidence, `It answered ${text}, a code that its operator does not document or does not use.`);
}

function unusable(evidence: Evidence, why: string): Judgement {
  return {
    verdict: "unknown",
    brief: notKnown(evidence, "gave no valid answer"),
    answer: `${why} So it is not known whether the ${evidence.thing.noun} is listed.`,
    remedy: undefined,
    link: undefined,
  };
}

function listed({ list, thing, codes, time }: Evidence): Judgement {
  const alone = codes.listed.length === 1;
  const named = (words: (code: ListCode) => string) =>
    codes.listed.map((code) => (alone ? words(code) : `${code.list}: ${words(code)}`));
  const where = codes.listed.map((code) => `${placeOf(list, code)} (${code.code})`).join(" and ");
  const strange = codes.undocumented
    .slice(0, 5)
    .map((code) => ` It also answered ${shown(code)}, which is not documented.`);
  const notes = codes.notes.map((note) => ` ${note.means}`);
  return {
    verdict: "listed",
    brief: `${whose(thing)}listed on ${theOf(list, codes.listed)}${where} at ${time}: ${named((code) => code.brief).join(", ")}`,
    answer: heading(thing) + codes.listed.map((code) => code.means).join(" ") + [...notes, ...strange].join(""),
    remedy: named((code) => code.remedy).join(" "),
    link: undefined,
    lists: [...new Set(codes.listed.map((code) => code.list))],
    turn: codes.listed.find((code) => code.turn === "you")?.turn ?? codes.listed[0]?.turn,
  };
}

// Behind a zone of several lists the list is named with its operator, "the Spamhaus PBL"; otherwise the zone's own name says it.
function hasParts(list: Blocklist, code: ListCode): boolean {
  const parts = new Set(list.codes.map((one) => one.list));
  return parts.size > 1 && !code.list.startsWith(list.name);
}

function theOf(list: Blocklist, codes: readonly ListCode[]): string {
  return codes.some((code) => hasParts(list, code)) ? `the ${list.operator} ` : "";
}

function placeOf(list: Blocklist, code: ListCode): string {
  return hasParts(list, code) ? code.list : list.name;
}

function calledThing({ noun, text }: Thing): string {
  return noun === "domain" ? `domain ${text}` : noun;
}

function heading({ noun, text }: Thing): string {
  return noun === "domain" ? `${text}: ` : "";
}

/** Only a domain has to be named: every other clause is about the address. */
function whose({ noun, text }: Thing): string {
  return noun === "domain" ? `${text} ` : "";
}

function linkOf({ list, thing }: Evidence): string | undefined {
  const name = encodeURIComponent(thing.noun === "domain" ? thing.label : thing.text);
  return list.lookup?.replace(/\{(?:ip|domain)\}/, name);
}

function detailsOf({ list }: Evidence): readonly string[] {
  const asked = list.secret === undefined ? [] : [`Asked with your key: ${zoneShown(list)}`];
  const checked =
    list.dateChecked === undefined ? [] : [`What is known of the list was looked up on ${list.dateChecked}.`];
  return [...asked, `Use: ${list.policy}`, ...checked];
}
