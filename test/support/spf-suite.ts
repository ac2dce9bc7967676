// The RFC 7208 test suite as data: its cases, and an `Ask` that answers from a scenario's zone as the suite means it.
import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import type { Ask, DnsAnswer } from "../../server/src/check/resolver.ts";

/** One case of the suite. */
export interface SuiteCase {
  readonly helo: string;
  readonly host: string;
  readonly mailfrom: string;
  /** One result, or several of which any is right. */
  readonly result: string | readonly string[];
  readonly explanation?: string;
}

/** A zone and the cases that use it. */
export interface Scenario {
  readonly description: string;
  readonly tests: Readonly<Record<string, SuiteCase>>;
  readonly zonedata: Readonly<Record<string, readonly Entry[]>>;
}

/** One record; "TIMEOUT" stands for a server that does not answer. */
type Entry = "TIMEOUT" | Readonly<Record<string, unknown>>;

/** The scenarios of the suite. */
export function readSuite(): readonly Scenario[] {
  const file = new URL("../check/rfc7208/rfc7208-tests.yml", import.meta.url);
  return parseAllDocuments(readFileSync(file, "utf8")).map((document) => document.toJS() as Scenario);
}

/** Answers from the zone of a scenario. */
export function askZone({ zonedata }: Scenario): Ask {
  const zone = new Map(Object.entries(zonedata).map(([name, entries]) => [name.toLowerCase(), entries]));
  const answer = (name: string, type: string, aliases: number): DnsAnswer => {
    const entries = zone.get(name.toLowerCase().replace(/\.$/, ""));
    if (entries === undefined) return { kind: "nxdomain" };
    const alias = entries.flatMap((entry) => own(entry, "CNAME"))[0];
    if (alias !== undefined && aliases === 0) return answer(String(alias), type, 1);
    return answerOf(entries, type);
  };
  return async (name, type) => answer(name, type, 0);
}

function answerOf(entries: readonly Entry[], type: string): DnsAnswer {
  const records = (type === "TXT" ? textEntries(entries) : entries).flatMap((entry) => own(entry, type));
  if (records.includes("TIMEOUT")) return { kind: "timeout" };
  if (records.length === 0) return { kind: entries.includes("TIMEOUT") ? "timeout" : "nodata" };
  return { kind: "answer", records: records.map(recordText) };
}

// Records of the obsolete type SPF stand for TXT records where a name has none of its own; "NONE" says that it has none.
function textEntries(entries: readonly Entry[]): readonly Entry[] {
  const texts = entries.flatMap((entry) => own(entry, "TXT"));
  if (texts.length === 0) return entries.flatMap((entry) => own(entry, "SPF")).map((value) => ({ TXT: value }));
  return texts.filter((value) => value !== "NONE").map((value) => ({ TXT: value }));
}

function own(entry: Entry, type: string): readonly unknown[] {
  return typeof entry === "object" && type in entry ? [entry[type]] : [];
}

// Strings of one TXT record are joined, an MX is its preference and its host.
function recordText(value: unknown): string {
  if (!Array.isArray(value)) return String(value);
  return typeof value[0] === "number" ? value.join(" ") : value.join("");
}
