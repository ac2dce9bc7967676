// Is the address on a DNS list? Every answer is data to be validated: listed, not listed, refused, or nothing to go by.
import type { Address } from "../../model.ts";
import { reversed } from "../address.ts";
import { type Codes, readCodes } from "../codes.ts";
import { type Health, listHealth } from "../health.ts";
import type { Blocklist, ListCode } from "../lists.ts";
import { type Judgement, type Probe, type ProbeContext, type Question, shown, unanswered } from "../probe.ts";
import type { DnsAnswer } from "../resolver.ts";

/** The probe that asks these lists, in this order. */
export function blocklistProbe(lists: readonly Blocklist[]): Probe {
  return { id: "blocklist", plan: (address) => lists.map((list) => listQuestion(list, address)) };
}

function listQuestion(list: Blocklist, address: Address): Question {
  return {
    id: list.zone,
    question: `Is it on ${list.name}?`,
    what: `the address ${address.text}, and two test entries, to the list ${list.zone}`,
    whom: list.operator,
    answer: (context) => askList(list, context),
  };
}

async function askList(list: Blocklist, context: ProbeContext): Promise<Judgement> {
  const { address } = context;
  if (!list.families.includes(address.family)) return wrongFamily(list);
  const [answer, health] = await Promise.all([
    context.ask(`${reversed(address)}.${list.zone}`, "A"),
    listHealth(list, context),
  ]);
  const codes = readCodes(list, answer.kind === "answer" ? answer.records : []);
  const link = list.lookup.replace("{ip}", encodeURIComponent(address.text));
  return { ...judge({ list, codes, answer, health, time: context.time }), link };
}

function wrongFamily(list: Blocklist): Judgement {
  return {
    verdict: "not-checked",
    brief: `${list.name} not checked`,
    answer: `${list.name} does not take questions about IPv6 addresses.`,
    remedy: undefined,
    link: undefined,
  };
}

interface Evidence {
  readonly list: Blocklist;
  readonly codes: Codes;
  readonly answer: DnsAnswer;
  readonly health: Health;
  readonly time: string;
}

// The order matters: what makes every answer worthless comes before what the answer says.
function judge(evidence: Evidence): Judgement {
  const { list, codes, answer, health } = evidence;
  if (codes.foreign.length > 0) return rewritten(list, codes.foreign);
  if (codes.errors.length > 0) return refused(list, codes.errors);
  const fault = answer.kind === "answer" || answer.kind === "nxdomain" ? faults[health] : undefined;
  if (fault !== undefined) return unusable(list, fault);
  if (codes.listed.length > 0) return listed(evidence);
  if (codes.undocumented.length > 0) return undocumented(list, codes.undocumented);
  return withoutCode(evidence);
}

const faults: Readonly<Partial<Record<Health, string>>> = {
  "lists-the-world": "It lists an address that no list may list (127.0.0.1), so it would list every address.",
  rewritten:
    "Its test entries lead outside 127.0.0.0/8: the resolver replaces missing names by an address of its own, or the list is gone and somebody else has its name.",
  dead: "It does not list its own test entry (127.0.0.2): the list is empty or gone, or the resolver hides it.",
};

function withoutCode({ list, answer, health, time }: Evidence): Judgement {
  if (answer.kind === "nxdomain" && health === "ok") return notListed(list, time);
  if (answer.kind === "nxdomain" && health === "blocked") return refused(list, []);
  if (answer.kind === "nxdomain") return unusable(list, "It named no entry, but its test entries were not answered.");
  const kind = answer.kind === "answer" ? "invalid" : answer.kind;
  const brief = kind === "cancelled" ? `${list.name} not checked` : notKnown(list, "gave no valid answer");
  return unanswered(kind, { brief, so: "So it is not known whether the address is listed." });
}

function notKnown(list: Blocklist, why: string): string {
  return `${list.name} ${why}, so it is not known whether the address is listed`;
}

function notListed(list: Blocklist, time: string): Judgement {
  return {
    verdict: "not-listed",
    brief: `not on ${list.name} at ${time}`,
    answer: `${list.name} had no entry for the address at ${time}. Its test entries answer as they should.`,
    remedy: undefined,
    link: undefined,
  };
}

function refused(list: Blocklist, errors: Codes["errors"]): Judgement {
  const reasons = errors.map((error) => `${error.means} (${error.code})`);
  const known = reasons.length > 0 ? reasons : [`${list.operator} refuses this resolver.`];
  return {
    verdict: "blocked",
    brief: notKnown(list, "refuses this resolver"),
    answer: `${known.join(" ")} So it is not known whether the address is listed.`,
    remedy: errors.map((error) => error.remedy).join(" ") || undefined,
    link: undefined,
  };
}

function rewritten(list: Blocklist, records: readonly string[]): Judgement {
  const text = records.slice(0, 5).map(shown).join(", ");
  return unusable(
    list,
    `It answered ${text}, outside 127.0.0.0/8: the resolver replaces missing names by an address of its own, or the list is gone and somebody else has its name.`,
  );
}

function undocumented(list: Blocklist, records: readonly string[]): Judgement {
  const text = records.slice(0, 5).map(shown).join(", ");
  return unusable(list, `It answered ${text}, a code that its operator does not document or does not use.`);
}

function unusable(list: Blocklist, why: string): Judgement {
  return {
    verdict: "unknown",
    brief: notKnown(list, "gave no valid answer"),
    answer: `${why} So it is not known whether the address is listed.`,
    remedy: undefined,
    link: undefined,
  };
}

function listed({ list, codes, time }: Evidence): Judgement {
  const alone = codes.listed.length === 1;
  const named = (words: (code: ListCode) => string) =>
    codes.listed.map((code) => (alone ? words(code) : `${code.list}: ${words(code)}`));
  const where = codes.listed.map((code) => `${code.list} (${code.code})`).join(" and ");
  const strange = codes.undocumented.map((code) => ` It also answered ${shown(code)}, which is not documented.`);
  return {
    verdict: "listed",
    brief: `listed on the ${list.operator} ${where} at ${time}: ${named((code) => code.brief).join(", ")}`,
    answer: codes.listed.map((code) => code.means).join(" ") + strange.join(""),
    remedy: named((code) => code.remedy).join(" "),
    link: undefined,
  };
}
