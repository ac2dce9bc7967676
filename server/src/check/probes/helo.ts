// Is the name that the server says in HELO or EHLO a full host name, does it lead to the address, and is it the one of reverse DNS?
import type { Address, Subject } from "../../model.ts";
import { readAddress, reverseName } from "../address.ts";
import { nameLook } from "../genericName.ts";
import { hostName, isPublicName, readNames } from "../names.ts";
import { type Judgement, type Probe, type ProbeContext, type Question, shown, unanswered } from "../probe.ts";
import type { DnsAnswer, DnsSilence } from "../resolver.ts";

/** The probe of the name in HELO; asks only when that is known. */
export const heloProbe: Probe = { id: "helo", plan };

function plan({ address, mail }: Subject): readonly Question[] {
  const helo = mail.helo?.trim();
  return helo === undefined || helo === "" ? [] : [question(helo, address)];
}

function question(helo: string, address: Address): Question {
  const read = readHelo(helo, address);
  const reverse = { what: `the reverse name of ${address.text}`, whom: "the name servers of the address's network" };
  const forward = { what: `the name in HELO, ${read.text}`, whom: "the name servers of that name" };
  return {
    id: "helo",
    question: `Is "${read.text}", the name in HELO, a name of this server?`,
    ...(read.fault === undefined ? forward : reverse),
    answer: (context) => judgeHelo(read, context),
  };
}

/** A name from HELO. */
interface Helo {
  /** A host name in small letters, or safe text when it is none. */
  readonly text: string;
  /** What is wrong with it before anything is asked, one or two sentences. */
  readonly fault: string | undefined;
}

function readHelo(text: string, address: Address): Helo {
  const fault = literalFault(text, address) ?? nameFault(text);
  const name = fault === undefined ? hostName(text) : undefined;
  return { text: name ?? shown(text), fault };
}

// RFC 5321 4.1.3: an address stands in brackets, an IPv6 address after a tag.
function literalFault(text: string, address: Address): string | undefined {
  const [, inside] = /^\[(?:ipv6:)?([^[\]]{1,60})\]$/i.exec(text) ?? [];
  const literal = readAddress(inside ?? text);
  if (literal === undefined) return undefined;
  const other = literal.text === address.text ? "" : ` It is not even the address that was seen, ${address.text}.`;
  if (inside === undefined) {
    return `It is an address without brackets, which no standard allows in HELO.${other}`;
  }
  return `It is an address in brackets. The standard allows that for a machine without a name (RFC 5321 4.1.3), but many receivers refuse or mark down mail from it.${other}`;
}

function nameFault(text: string): string | undefined {
  const name = hostName(text);
  if (name === undefined || name.includes("_"))
    return "It is no host name: only letters, digits and hyphens may stand between its dots.";
  if (!name.includes("."))
    return "It is a single word, not a full name with its domain: nobody outside your network can look it up.";
  return isPublicName(name) ? undefined : "It lies in a zone for local use, which the public DNS does not have.";
}

async function judgeHelo(helo: Helo, context: ProbeContext): Promise<Judgement> {
  const reverse = context.ask(reverseName(context.address), "PTR");
  if (helo.fault !== undefined) return unfit(helo.fault, ownName(await reverse, context.address));
  // Both families are awaited before judging: half an answer would be a race.
  const [a, aaaa, ptr] = await Promise.all([context.ask(helo.text, "A"), context.ask(helo.text, "AAAA"), reverse]);
  return judgeForward({ name: helo.text, address: context.address, answers: [a, aaaa], ptr });
}

interface Evidence {
  readonly name: string;
  readonly address: Address;
  /** For A and AAAA. */
  readonly answers: readonly [DnsAnswer, DnsAnswer];
  readonly ptr: DnsAnswer;
}

function judgeForward(evidence: Evidence): Judgement {
  const { name, address, answers, ptr } = evidence;
  const addresses = answers.flatMap((answer) => (answer.kind === "answer" ? answer.records.map(canonical) : []));
  if (addresses.includes(address.text)) return leads(evidence);
  const open = answers.map(({ kind }) => kind).find(isOpen);
  if (open !== undefined) {
    const brief = open === "cancelled" ? undefined : "whether the name in HELO leads to the address could not be read";
    return unanswered(open, { brief, so: `So it is not known whether ${name} leads to the address.` });
  }
  const words = unfit(elsewhere(name, addresses, address), ownName(ptr, address));
  return {
    ...words,
    remedy: `If ${name} is this server's name, give it ${recordFor(address)}. If not: ${words.remedy}`,
  };
}

function canonical(record: string): string {
  return readAddress(record)?.text ?? shown(record);
}

function isOpen(kind: DnsAnswer["kind"]): kind is Exclude<DnsSilence, "nxdomain" | "nodata"> {
  return kind !== "answer" && kind !== "nxdomain" && kind !== "nodata";
}

const mostAddresses = 5;

function elsewhere(name: string, addresses: readonly string[], { text, family }: Address): string {
  if (addresses.length === 0) return `${name} has no address in the DNS, so nobody can tell that it is this server.`;
  const where = `${name} leads to ${addresses.slice(0, mostAddresses).join(", ")}`;
  const own = addresses.some((address) => readAddress(address)?.family === family);
  const lack = own ? "" : ` It has no ${family === 4 ? "A" : "AAAA"} record at all.`;
  return `${where}, not to ${text}.${lack} A server may not be refused for that alone (RFC 5321 4.1.4), but filters count it.`;
}

function leads({ name, ptr }: Evidence): Judgement {
  const names = ptr.kind === "answer" ? readNames(ptr.records).hosts : [];
  return {
    verdict: "pass",
    brief: undefined,
    answer: `${name} is a full name and leads to the address. ${beside(name, names)}`,
    remedy: undefined,
    link: undefined,
  };
}

function beside(name: string, names: readonly string[]): string {
  if (names.includes(name)) return "Reverse DNS gives the same name.";
  const [first] = names;
  if (first === undefined) return "There is no name from reverse DNS to compare it with.";
  return `Reverse DNS gives another name, ${first}: the same one in both places is recommended, not required.`;
}

function unfit(why: string, own: string | undefined): Judgement {
  return {
    verdict: "fail",
    brief: "the name in HELO does not stand for this server",
    answer: why,
    remedy: `Set the name that your server says in HELO or EHLO (Postfix: smtp_helo_name or myhostname; Exim: primary_hostname or helo_data; Sendmail: confDOMAIN_NAME) to ${goal(own)}. That name needs an A or AAAA record with this address.`,
    turn: "you",
    link: undefined,
  };
}

/** The name to say instead: the one of reverse DNS, unless that is a generated one. */
function ownName(ptr: DnsAnswer, address: Address): string | undefined {
  const names = ptr.kind === "answer" ? readNames(ptr.records).hosts.filter(isPublicName) : [];
  return names.find((name) => nameLook(name, address).kind === "named");
}

function goal(own: string | undefined): string {
  return own === undefined
    ? "its full name in your domain, such as mail.example.com"
    : `its full name: ${own} if that is yours, because reverse DNS gives it for this address`;
}

function recordFor({ family, text }: Address): string {
  return `${family === 4 ? "an A" : "an AAAA"} record with ${text}`;
}
