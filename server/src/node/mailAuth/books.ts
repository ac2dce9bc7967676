// Lends the check's own way to ask to the library, which knows no other, and keeps books of what came back.
import type { DNSResolver } from "mailauth";
import type { Ask, DnsAnswer, DnsSilence, DnsType } from "../../check/resolver.ts";

/** A question that got no answer. */
export interface Failure {
  readonly name: string;
  readonly type: DnsType;
  readonly kind: Exclude<DnsSilence, "nxdomain" | "nodata">;
}

/** The answers that one evaluation got. */
export interface Books {
  /** For the library: records in the shapes of node:dns, or a rejection with its codes. */
  readonly resolve: DNSResolver;
  /** What came back for a name, in any case of letters; undefined when it was not asked. */
  answer(name: string, type: DnsType): DnsAnswer | undefined;
  /** The TXT records of all names so far, in the order of the questions. */
  texts(): readonly { readonly name: string; readonly records: readonly string[] }[];
  /** The latest question without an answer. */
  failure(): Failure | undefined;
}

/** Begins the books of one evaluation. */
export function openBooks(ask: Ask): Books {
  const entries: { readonly name: string; readonly type: DnsType; readonly answer: DnsAnswer }[] = [];
  const find = (name: string, type: DnsType) =>
    entries.find((entry) => entry.type === type && entry.name === plainName(name))?.answer;
  const resolve = async (name: string, type: string) => {
    if (!isAsked(type)) throw dnsError("ENODATA", name);
    if (!canExist(name)) throw dnsError("EBADNAME", name);
    const answer = await ask(rootless(name), type);
    entries.push({ name: plainName(name), type, answer });
    if (answer.kind !== "answer") throw dnsError(codes[answer.kind], name);
    return answer.records.map(shapes[type]);
  };
  return {
    // Its types leave out the records of MX.
    resolve: resolve as DNSResolver,
    answer: find,
    texts: () => entries.flatMap(({ name, type, answer }) => (type === "TXT" ? [{ name, records: of(answer) }] : [])),
    failure: () => entries.map(failureOf).findLast((failure) => failure !== undefined),
  };
}

function of(answer: DnsAnswer): readonly string[] {
  return answer.kind === "answer" ? answer.records : [];
}

function failureOf(entry: { name: string; type: DnsType; answer: DnsAnswer }): Failure | undefined {
  const { name, type, answer } = entry;
  const { kind } = answer;
  return kind === "answer" || kind === "nxdomain" || kind === "nodata" ? undefined : { name, type, kind };
}

function plainName(name: string): string {
  return rootless(name).toLowerCase();
}

function rootless(name: string): string {
  return name.replace(/\.$/, "");
}

const shapes: Readonly<Record<DnsType, (record: string) => unknown>> = {
  A: same,
  AAAA: same,
  // The library takes names without the root dot.
  PTR: rootless,
  TXT: (record) => [record],
  MX: (record) => {
    const [priority = "", exchange = ""] = record.split(" ");
    return { priority: Number(priority), exchange: rootless(exchange) };
  },
};

function same(record: string): string {
  return record;
}

// The library asks for a CNAME too, to tell a dangling alias from a missing name (RFC 9989 A.4); checks do not ask for that type,
// so such an alias counts as missing.
function isAsked(type: string): type is DnsType {
  return Object.hasOwn(shapes, type);
}

// RFC 1035 2.3.4.
function canExist(name: string): boolean {
  const labels = rootless(name).split(".");
  return name.length <= 254 && labels.every((label) => label !== "" && label.length <= 63);
}

// EBADRESP and not EBADNAME for what is malformed: the name is sound, so the fault may pass.
const codes: Readonly<Record<DnsSilence, string>> = {
  nxdomain: "ENOTFOUND",
  nodata: "ENODATA",
  servfail: "ESERVFAIL",
  refused: "EREFUSED",
  timeout: "ETIMEOUT",
  unreachable: "ECONNREFUSED",
  cancelled: "ECANCELLED",
  invalid: "EBADRESP",
};

function dnsError(code: string, name: string): Error {
  return Object.assign(new Error(`${code} ${name}`), { code });
}
