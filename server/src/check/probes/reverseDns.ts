// Does the address have a name (PTR), and does the name lead back to it (forward-confirmed reverse DNS)?
import type { Address } from "../../model.ts";
import { readAddress, reversed } from "../address.ts";
import { type Judgement, type Probe, type ProbeContext, type Question, shown, unanswered } from "../probe.ts";
import type { DnsAnswer, DnsSilence } from "../resolver.ts";

/** The probe of the address's own name. */
export const reverseDnsProbe: Probe = { id: "reverse-dns", plan: (address) => [ptr(address), forward(address)] };

// RFC 8601 3: names beyond a local limit may be ignored; an address with hundreds of names is a flood of questions.
const mostNames = 10;
const hostName = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_][a-z0-9_-]{0,62})*$/i;

const setReverse =
  "Ask whoever gives you the address, the hosting or internet provider, to set its reverse DNS (PTR) to your mail server's own name, and give that name an A or AAAA record with this address.";

function ptr(address: Address): Question {
  return {
    id: "ptr",
    question: "Does it have a name in reverse DNS?",
    what: `the reverse name of ${address.text}`,
    whom: "the name servers of the address's network",
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

function askPtr({ address, ask }: ProbeContext): Promise<DnsAnswer> {
  return ask(`${reversed(address)}.${address.family === 4 ? "in-addr" : "ip6"}.arpa`, "PTR");
}

function judgeNames(answer: DnsAnswer): Judgement {
  if (answer.kind === "answer") return named(answer.records);
  if (answer.kind === "nxdomain" || answer.kind === "nodata") return missing(answer.kind);
  return { ...unreadable(answer.kind), remedy: answer.kind === "servfail" ? repair : undefined };
}

const repair =
  "Ask again in a few minutes. If it stays so, the name servers of the reverse zone are broken: whoever gives you the address has to repair them.";

function unreadable(kind: DnsSilence): Judgement {
  const brief = kind === "cancelled" ? "reverse DNS not checked" : "reverse DNS could not be read";
  return unanswered(kind, { brief, so: "That does not mean that reverse DNS is missing." });
}

function missing(kind: "nxdomain" | "nodata"): Judgement {
  return {
    verdict: "fail",
    brief: "reverse DNS missing",
    answer: `The address has no name in reverse DNS (${kind.toUpperCase()}). Many providers refuse or delay mail from such an address.`,
    remedy: setReverse,
    link: undefined,
  };
}

function named(records: readonly string[]): Judgement {
  const names = records.slice(0, mostNames).map(shownName);
  const more =
    records.length > names.length ? ` Of ${records.length} names only the first ${mostNames} are looked at.` : "";
  const answer = names.length === 1 ? `Its name is ${names[0]}.` : `Its names are ${names.join(", ")}.${more}`;
  return { verdict: "pass", brief: `reverse DNS is ${names[0]}`, answer, remedy: undefined, link: undefined };
}

function shownName(record: string): string {
  return shown(record.replace(/\.$/, ""));
}

async function confirm(context: ProbeContext): Promise<Judgement> {
  const reverse = await askPtr(context);
  if (reverse.kind !== "answer") return nothingToConfirm(reverse.kind);
  const names = reverse.records.slice(0, mostNames).map(shownName);
  const proofs = await Promise.all(names.filter((name) => hostName.test(name)).map((name) => prove(name, context)));
  return judgeProofs(names, proofs);
}

interface Proof {
  readonly name: string;
  readonly leadsBack: boolean;
  /** Why an answer is missing, if one is. */
  readonly silence: DnsSilence | undefined;
}

// Both families are awaited before judging: half an answer would be a race.
async function prove(name: string, { address, ask }: ProbeContext): Promise<Proof> {
  const answers = await Promise.all([ask(name, "A"), ask(name, "AAAA")]);
  const records = answers.flatMap((answer) => (answer.kind === "answer" ? answer.records : []));
  const leadsBack = records.some((record) => readAddress(record)?.text === address.text);
  return { name, leadsBack, silence: answers.map(openQuestion).find((kind) => kind !== undefined) };
}

function openQuestion({ kind }: DnsAnswer): DnsSilence | undefined {
  return kind === "answer" || kind === "nxdomain" || kind === "nodata" ? undefined : kind;
}

function judgeProofs(names: readonly string[], proofs: readonly Proof[]): Judgement {
  const found = proofs.find((proof) => proof.leadsBack);
  if (found !== undefined) return confirmed(found.name);
  const open = proofs.find((proof) => proof.silence !== undefined);
  return open?.silence === undefined ? notConfirmed(names) : unproven(open.silence);
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

function notConfirmed(names: readonly string[]): Judgement {
  const text = names.length === 1 ? `${names[0]} does not lead` : `None of ${names.join(", ")} leads`;
  return {
    verdict: "fail",
    brief: "the name does not lead back to the address",
    answer: `${text} back to the address. Providers that check both ways treat it as if it had no name.`,
    remedy: `Give the name an A or AAAA record with this address, or correct the name. ${setReverse}`,
    link: undefined,
  };
}

function unproven(kind: DnsSilence): Judgement {
  const brief = kind === "cancelled" ? undefined : "whether the name leads back could not be read";
  return unanswered(kind, { brief, so: "So it is not known whether the name leads back to the address." });
}

function nothingToConfirm(kind: DnsSilence): Judgement {
  const gone = kind === "nxdomain" || kind === "nodata";
  return {
    verdict: "not-checked",
    brief: undefined,
    answer: gone ? "There is no name that could lead back." : "The name itself could not be read.",
    remedy: undefined,
    link: undefined,
  };
}
