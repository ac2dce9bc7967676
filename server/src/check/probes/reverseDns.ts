// Does the address have a name (PTR), does the name lead back to it (forward-confirmed reverse DNS), and does it look like a server's?
import type { Address } from "../../model.ts";
import { readAddress, reverseName } from "../address.ts";
import { type NameLook, nameLook } from "../genericName.ts";
import { isPublicName, mostNames, type Names, organization, readNames } from "../names.ts";
import { type Judgement, type Probe, type ProbeContext, type Question, unanswered } from "../probe.ts";
import type { DnsAnswer, DnsSilence } from "../resolver.ts";

/** The probe of the address's own name. */
export const reverseDnsProbe: Probe = {
  id: "reverse-dns",
  plan: ({ address }) => [ptr(address), forward(address), generic(address)],
};

const setReverse =
  "Ask whoever gives you the address, the hosting or internet provider, to set its reverse DNS (PTR) to your mail server's own name, and give that name an A or AAAA record with this address.";

function ptr(address: Address): Question {
  return {
    id: "ptr",
    question: "Does it have a name in reverse DNS?",
    ...ofNetwork(address),
    answer: async (context) => judgeNames(await askPtr(context)),
  };
}

function forward(address: Address): Question {
  return {
    id: "fcrdns",
    question: "Does that name lead back to it?",
    what: `the names that reverse DNS gives for ${address.text}`,
    whom: "the name servers of those names",
    answer: confirm,
  };
}

// Asks nothing that the first question does not ask.
function generic(address: Address): Question {
  return {
    id: "generic",
    question: "Does that name look like a server's own, not like a generated one?",
    ...ofNetwork(address),
    answer: async (context) => judgeLooks(await askPtr(context), context.address),
  };
}

function ofNetwork({ text }: Address): Pick<Question, "what" | "whom"> {
  return { what: `the reverse name of ${text}`, whom: "the name servers of the address's network" };
}

function askPtr({ address, ask }: ProbeContext): Promise<DnsAnswer> {
  return ask(reverseName(address), "PTR");
}

function judgeNames(answer: DnsAnswer): Judgement {
  if (answer.kind === "answer") return named(readNames(answer.records));
  if (answer.kind === "nxdomain" || answer.kind === "nodata") return missing(answer.kind);
  const brief = answer.kind === "cancelled" ? "reverse DNS not checked" : "reverse DNS could not be read";
  const words = unanswered(answer.kind, { brief, so: "That does not mean that reverse DNS is missing." });
  return answer.kind === "servfail" ? { ...words, remedy: repair, turn: "provider" } : words;
}

const repair =
  "Ask again in a few minutes. If it stays so, the name servers of the reverse zone are broken: whoever gives you the address has to repair them.";

function missing(kind: "nxdomain" | "nodata"): Judgement {
  return {
    verdict: "fail",
    brief: "reverse DNS missing",
    answer: `The address has no name in reverse DNS (${kind.toUpperCase()}). Many providers refuse or delay mail from such an address.`,
    remedy: setReverse,
    turn: "provider",
    link: undefined,
  };
}

function named(names: Names): Judgement {
  const [first] = names.hosts;
  if (first === undefined) return noHostName(names);
  const answer = names.count === 1 ? `Its name is ${first}.` : `Its names are ${names.hosts.join(", ")}.`;
  return {
    verdict: "pass",
    brief: `reverse DNS is ${first}`,
    answer: `${answer}${flood(names)}`,
    details: [...strange(names), ...organizations(names)],
    remedy: undefined,
    link: undefined,
  };
}

function noHostName(names: Names): Judgement {
  return {
    verdict: "fail",
    brief: "reverse DNS holds no host name",
    answer: `What reverse DNS holds is no host name: ${names.others.join(", ")}. Receivers treat the address as if it had no name.`,
    remedy: setReverse,
    turn: "provider",
    link: undefined,
  };
}

function flood({ count }: Names): string {
  return count > mostNames ? ` Of ${count} names only the first ${mostNames} are looked at.` : "";
}

function strange({ others }: Names): readonly string[] {
  return others.map((text) => `No host name: ${text}`);
}

function organizations({ hosts }: Names): readonly string[] {
  const all = [...new Set(hosts.map(organization))];
  if (all.length < 2) return [];
  return [
    `The names belong to several organizations: ${all.join(", ")}. Answers come in any order and some receivers look at the first name only: one name, the server's own, is safest.`,
  ];
}

async function confirm(context: ProbeContext): Promise<Judgement> {
  const reverse = await askPtr(context);
  if (reverse.kind !== "answer") return withoutName(reverse.kind, "There is no name that could lead back.");
  const names = readNames(reverse.records);
  const proofs = await Promise.all(names.hosts.filter(isPublicName).map((name) => prove(name, context)));
  const texts = [...names.hosts, ...names.others];
  return { ...judgeProofs(texts, proofs, context.address), details: proofs.map(proofText) };
}

interface Proof {
  readonly name: string;
  readonly leadsBack: boolean;
  /** Canonical texts of the addresses it has. */
  readonly addresses: readonly string[];
  /** Why an answer is missing, if one is. */
  readonly silence: DnsSilence | undefined;
}

// Both families are awaited before judging: half an answer would be a race.
async function prove(name: string, { address, ask }: ProbeContext): Promise<Proof> {
  const answers = await Promise.all([ask(name, "A"), ask(name, "AAAA")]);
  const records = answers.flatMap((answer) => (answer.kind === "answer" ? answer.records : []));
  const addresses = records.map((record) => readAddress(record)?.text).filter((text) => text !== undefined);
  const silence = answers.map(openQuestion).find((kind) => kind !== undefined);
  return { name, leadsBack: addresses.includes(address.text), addresses, silence };
}

function openQuestion({ kind }: DnsAnswer): DnsSilence | undefined {
  return kind === "answer" || kind === "nxdomain" || kind === "nodata" ? undefined : kind;
}

const mostAddresses = 5;

function proofText({ name, addresses, silence }: Proof): string {
  const more = addresses.length > mostAddresses ? `, and ${addresses.length - mostAddresses} more` : "";
  const none = silence === undefined ? "no address" : "could not be read in full";
  return `${name}: ${addresses.slice(0, mostAddresses).join(", ") || none}${more}`;
}

function judgeProofs(texts: readonly string[], proofs: readonly Proof[], address: Address): Judgement {
  const found = proofs.find((proof) => proof.leadsBack);
  if (found !== undefined) return confirmed(found.name);
  const open = proofs.find((proof) => proof.silence !== undefined)?.silence;
  if (open === undefined) return notConfirmed(texts, address);
  const brief = open === "cancelled" ? undefined : "whether the name leads back could not be read";
  return unanswered(open, { brief, so: "So it is not known whether the name leads back to the address." });
}

function confirmed(name: string): Judgement {
  return {
    verdict: "pass",
    brief: "the name leads back to the address",
    answer: `${name} leads back to the address: reverse DNS is forward-confirmed.`,
    remedy: undefined,
    link: undefined,
  };
}

function notConfirmed(texts: readonly string[], { text, family }: Address): Judgement {
  const [first] = texts;
  const subject = texts.length === 1 ? `${first} does not lead` : `None of ${texts.join(", ")} leads`;
  const type = family === 4 ? "an A" : "an AAAA";
  return {
    verdict: "fail",
    brief: "the name does not lead back to the address",
    answer: `${subject} back to the address. Providers that check both ways treat it as if it had no name.`,
    remedy: `If the name is yours, give it ${type} record with ${text}. If it is not: ${setReverse.charAt(0).toLowerCase()}${setReverse.slice(1)}`,
    turn: "you",
    link: undefined,
  };
}

function withoutName(kind: DnsSilence, gone: string): Judgement {
  return {
    verdict: "not-checked",
    brief: undefined,
    answer: kind === "nxdomain" || kind === "nodata" ? gone : "The name itself could not be read.",
    remedy: undefined,
    link: undefined,
  };
}

function judgeLooks(answer: DnsAnswer, address: Address): Judgement {
  const { kind } = answer;
  if (kind !== "answer") return withoutName(kind, "There is no name to look at.");
  const looks = readNames(answer.records).hosts.map((name) => ({ name, ...nameLook(name, address) }));
  const worst = looks.find((look) => look.kind === "generic") ?? looks.find((look) => look.kind === "generic-static");
  const first = worst ?? looks[0];
  if (first === undefined) return withoutName("nodata", "There is no host name to look at.");
  return { ...judgeLook(first), details: looks.flatMap(underlined) };
}

interface Look extends NameLook {
  readonly name: string;
}

function judgeLook({ kind, name, matched, why }: Look): Judgement {
  const parts = matched.map(({ text }) => `"${text}"`).join(" and ");
  const sound = { verdict: "pass", brief: undefined, remedy: undefined, link: undefined } as const;
  if (kind === "named") return { ...sound, answer: `${name} does not look generated: ${why}. ${thumb}` };
  if (kind === "generic-static") return { ...sound, answer: `${name} is generated (${parts}): ${why}. ${thumb}` };
  return {
    verdict: "fail",
    brief: `the name looks like a generated one (${parts})`,
    answer: `${name} looks like a generated name of an end-user line: ${why} (${parts}). ${thumb} ${whoMinds}`,
    remedy: ownName,
    turn: "provider",
    link: undefined,
  };
}

const thumb = "This is a rule of thumb; receivers have rules of their own.";
const whoMinds =
  "Known to mind such names: Yahoo asks for one that does not look dynamically assigned, Outlook.com refuses addresses that it takes for dynamic (DY-001), and Abusix and SpamRATS have lists of them.";
const ownName = `${setReverse} A name in your own domain without the numbers of the address will do. If the provider gives no such name, the address is not meant for a mail server: send through a relay with SMTP AUTH on port 587.`;

/** The name, and below it what is meant, as a compiler points at its errors. */
function underlined({ name, matched }: Look): readonly string[] {
  if (matched.length === 0) return [];
  const meant = (at: number) => matched.some(({ start, end }) => at >= start && at < end);
  return [
    name,
    Array.from(name, (_, at) => (meant(at) ? "^" : " "))
      .join("")
      .trimEnd(),
  ];
}
