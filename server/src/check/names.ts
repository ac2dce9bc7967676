// What a host name is, which names the public DNS can hold, and whose they are: for names that strangers wrote.
import { shown } from "./probe.ts";

const label = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;
const longestName = 253;

/**
 * `text` as a host name, in small letters and without the root dot; undefined when it is none.
 * The last label is no number (RFC 1123 2.1), so an address is no name; underscores occur in reverse DNS and are let pass.
 */
export function hostName(text: string): string | undefined {
  if (text.length > longestName + 1) return undefined;
  const name = text.replace(/\.$/, "").toLowerCase();
  const labels = name.split(".");
  const sound = name.length <= longestName && labels.every((one) => label.test(one));
  return sound && !/^\d+$/.test(labels.at(-1) ?? "") ? name : undefined;
}

// Set aside for other uses (RFC 6761, 6762, 7686, 8375, 9476; ICANN for .internal), or made up so often that they never will be public.
const localZones: ReadonlySet<string> = new Set(
  "localhost local localdomain lan internal intranet private home corp alt invalid onion".split(" "),
);

/** False for a host name that the public DNS cannot hold: one label, or a zone for local use. Such a name is never asked about. */
export function isPublicName(name: string): boolean {
  const last = name.slice(name.lastIndexOf(".") + 1);
  return name.includes(".") && !localZones.has(last) && !name.endsWith(".home.arpa");
}

// Second-level labels under which registries of countries register names: co.uk, com.br, ne.jp.
const registryLabels: ReadonlySet<string> = new Set(
  "ac ad co com ed edu go gob gov gr id lg mil ne net nom or org sch".split(" "),
);

/**
 * The organizational domain of a host name, by rule of thumb: its last two labels, or three under a registry's own
 * second level of a country ("example.co.uk"). No list of public suffixes is shipped, so "example.github.io" counts as github.io:
 * good enough to tell a provider's part of a name from its customer's, not for decisions of trust.
 */
export function organization(name: string): string {
  const labels = name.split(".");
  const [second = "", top = ""] = labels.slice(-2);
  return labels.slice(top.length === 2 && registryLabels.has(second) ? -3 : -2).join(".");
}

/** What stands in a PTR answer. */
export interface Names {
  /** Host names in small letters, each once. */
  readonly hosts: readonly string[];
  /** Safe texts of what is no host name. */
  readonly others: readonly string[];
  /** How many different records the answer had; more than are listed here when it was a flood. */
  readonly count: number;
}

/** How many names of an address are looked at: an address with hundreds of names is a flood of questions (RFC 8601 3 allows a limit). */
export const mostNames = 10;

/** Sorts the records of a PTR answer; those beyond `mostNames` are left out. */
export function readNames(records: readonly string[]): Names {
  const different = [...new Set(records.map((record) => hostName(record) ?? record))];
  const looked = different.slice(0, mostNames);
  const hosts = looked.filter((text) => hostName(text) === text);
  return {
    hosts,
    others: looked
      .filter((text) => !hosts.includes(text))
      .map((text) => shown(text.replace(/\.$/, "")) || "(the root)"),
    count: different.length,
  };
}
