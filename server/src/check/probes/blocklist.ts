// Is the address, or the domain of its mail, on a DNS list? Every answer is data to be validated: listed, not listed, refused, or nothing to go by.
import type { Address, Mail, Subject } from "../../model.ts";
import { reversed } from "../address.ts";
import { envelopeDomain, heloDomain } from "../authentication.ts";
import { readCodes } from "../codes.ts";
import { listHealth, testEntries } from "../health.ts";
import { judgeList, mergeAnswers, type Thing, wrongFamily } from "../listAnswer.ts";
import { zoneAsked, zoneShown } from "../listNames.ts";
import type { Blocklist } from "../listTypes.ts";
import type { Judgement, Probe, ProbeContext, Question } from "../probe.ts";

/** The probe that asks these lists, in this order. */
export function blocklistProbe(lists: readonly Blocklist[]): Probe {
  return { id: "blocklist", plan: (subject) => lists.flatMap((list) => questionsOf(list, subject)) };
}

function questionsOf(list: Blocklist, { address, mail }: Subject): Question[] {
  if (list.kind === "domain") return domainQuestion(list, mail);
  if (list.families.includes(address.family)) return [listQuestion(list, address)];
  // A list of IPv6 addresses only has a twin for IPv4: the row would say nothing.
  return address.family === 6 ? [outOfFamily(list)] : [];
}

function outOfFamily(list: Blocklist): Question {
  return {
    id: list.zone,
    question: `Is it on ${list.name}?`,
    what: `nothing, as ${list.name} takes no IPv6 addresses`,
    whom: list.operator,
    answer: async () => wrongFamily(list),
  };
}

function listQuestion(list: Blocklist, address: Address): Question {
  const thing: Thing = { noun: "address", text: address.text, label: reversed(address) };
  return {
    id: list.zone,
    question: `Is it on ${list.kind === "allow" ? "the allow-list " : ""}${list.name}?`,
    what: `the address ${address.text}${besides(list)}, to the list ${zoneShown(list)}`,
    whom: list.operator,
    answer: (context) => askList(list, [thing], context),
  };
}

// One row for all domains of a mail: a refusal that names the list does not always say which of them it means.
function domainQuestion(list: Blocklist, mail: Mail): Question[] {
  const things = domainsOf(mail);
  if (things.length === 0) return [];
  const names = things.map(({ text }) => text).join(" and ");
  return [
    {
      id: list.zone,
      question: `${things.length === 1 ? "Is the domain" : "Are the domains"} ${names} on ${list.name}?`,
      what: `the ${things.length === 1 ? "domain" : "domains"} ${things.map(({ label }) => label).join(" and ")}${besides(list)}, to the list ${zoneShown(list)}`,
      whom: list.operator,
      answer: (context) => askList(list, things, context),
    },
  ];
}

// The zone of a list comes behind it, and a name has 253 characters at most (RFC 1035 2.3.4).
const longestDomain = 180;

function domainsOf(mail: Mail): readonly Thing[] {
  const fitting = (name: string | undefined) => (name !== undefined && name.length <= longestDomain ? name : undefined);
  const [from, said] = [fitting(envelopeDomain(mail)), fitting(heloDomain(mail))];
  const places =
    from === said
      ? [[from, "MAIL FROM and HELO"]]
      : [
          [from, "MAIL FROM"],
          [said, "HELO"],
        ];
  return places.flatMap(([name, place]) =>
    name === undefined ? [] : [{ noun: "domain", text: `${name} (${place})`, label: name }],
  );
}

const entries = { 0: "", 1: ", and a test entry", 2: ", and two test entries" };

function besides(list: Blocklist): string {
  return `${list.secret === undefined ? "" : ", with your key"}${entries[testEntries(list)]}`;
}

async function askList(list: Blocklist, things: readonly Thing[], context: ProbeContext): Promise<Judgement> {
  const ask = async (thing: Thing) => ({ thing, answer: await context.ask(`${thing.label}.${zoneAsked(list)}`, "A") });
  const [asked, health] = await Promise.all([Promise.all(things.map(ask)), listHealth(list, context)]);
  return mergeAnswers(
    asked.map(({ thing, answer }) => {
      const codes = readCodes(list, answer.kind === "answer" ? answer.records : []);
      return judgeList({ list, thing, codes, answer, health, time: context.time });
    }),
  );
}
