// Gives people, hosts and domains other names: a domain keeps its structure, what is public stays.
import { asciiName, ownedLabels } from "./domains.ts";
import type { Known } from "./known.ts";
import { hostedZone, isNameless, isRole, isService } from "./services.ts";
import type { Kind, Table } from "./table.ts";

/** The names of one run. */
export interface Names {
  /** A local part or the name of an account; roles such as postmaster stay. */
  user(local: string): string;
  /** A host's name or a domain, without a trailing dot. */
  domain(name: string): string;
  /** A name without dots. */
  label(label: string): string;
  /** Anything else that is replaced as a whole: "subject-1". */
  other(kind: Extract<Kind, "id" | "subject" | "name" | "part">, value: string): string;
  /** True for a host or domain of a provider; a customer's name in it is replaced all the same. */
  isPublic(name: string): boolean;
}

/** Names that are numbered by a table. */
export function createNames(known: Known, table: Table): Names {
  const label = (text: string): string => {
    const lower = asciiName(text.toLowerCase()) || text.toLowerCase();
    if (isNameless(lower) || lower.startsWith("_")) return text;
    return `${wordOf(lower)}-${table.tag("host", lower)}`;
  };
  const owned = (name: string): string => `domain-${table.tag("domain", name)}.example`;
  const naming: Naming = { known, label, owned, hyphened: new Map() };
  return {
    label,
    user: (local) => (isRole(local.toLowerCase()) ? local : `user-${table.tag("user", local.toLowerCase())}`),
    domain: (name) => domain(naming, name),
    other: (kind, value) => `${kind}-${table.tag(kind, value)}`,
    isPublic: (name) => isPublic(naming, name.toLowerCase()),
  };
}

interface Naming {
  readonly known: Known;
  readonly label: (text: string) => string;
  readonly owned: (name: string) => string;
  /** Domains by their name with hyphens for dots. */
  readonly hyphened: Map<string, string>;
}

function domain(naming: Naming, name: string): string {
  const lower = asciiName(name.toLowerCase()) || name.toLowerCase();
  if (isNameless(lower)) return name;
  const labels = lower.split(".");
  if (labels.length < 2) return naming.label(name);
  const zone = naming.known.listZone(lower);
  if (zone !== undefined)
    return below(name, zone, (label) => (/^[a-z]{1,15}$/.test(label) ? label : naming.label(label)));
  if (isPublic(naming, lower)) return withoutCustomer(naming, name, lower);
  const count = ownedLabels(labels);
  const own = labels.slice(-count).join(".");
  remember(naming.hyphened, own);
  return [...labels.slice(0, -count).map(naming.label), naming.owned(own)].join(".");
}

function isPublic({ known }: Naming, lower: string): boolean {
  return isService(lower.split(".")) || known.isPublic(lower);
}

/** The name with the labels left of a zone replaced; upper and lower case of what stays, stay. */
function below(name: string, zone: string, replaced: (label: string, at: number) => string): string {
  const left = name.slice(0, Math.max(0, name.length - zone.length - 1));
  if (left === "") return name;
  return `${left.split(".").map(replaced).join(".")}${name.slice(left.length)}`;
}

/** A provider's host may be named after its customer, or after the address of a subscriber's line. */
function withoutCustomer(naming: Naming, name: string, lower: string): string {
  const [zone, by] = hostedZone(lower) ?? [];
  if (zone === undefined)
    return embeds(lower) ? below(name, ownedName(lower), (label) => numbered(naming, label)) : name;
  return below(name, zone, (label, at) => {
    if (by === "label") return naming.label(label);
    return at === 0 ? customer(naming, label.toLowerCase()) : label;
  });
}

function ownedName(name: string): string {
  const labels = name.split(".");
  return labels.slice(-ownedLabels(labels)).join(".");
}

/** True for a name that tells an address: "ip198-51-100-7.dc.example.net". */
export function embeds(name: string): boolean {
  return /(?:\d{1,3}[-.]){3}\d{1,3}/.test(name);
}

function numbered(naming: Naming, label: string): string {
  return /\d/.test(label) ? naming.label(label) : label;
}

/** "contoso-co-uk" is contoso.co.uk, unless another domain with this spelling was seen. */
function customer(naming: Naming, label: string): string {
  const parts = label.split("-");
  const guess =
    parts.length === 1
      ? label
      : [parts.slice(0, 1 - ownedLabels(parts)).join("-"), ...parts.slice(1 - ownedLabels(parts))].join(".");
  const own = naming.hyphened.get(label) ?? guess;
  return naming.owned(own).replaceAll(".", "-");
}

const mostHyphened = 50_000;

function remember(hyphened: Map<string, string>, own: string): void {
  const spelling = own.replaceAll(".", "-");
  if (hyphened.size < mostHyphened && !hyphened.has(spelling)) hyphened.set(spelling, own);
}

const words =
  /^(?:e?mail|smtp|mx|relay|www|web|app|ns|dns|imap|pop|gw|gateway|client|server|lists?|bounces?|news)(?![a-z])/;

/** What a host does is no secret and makes a log readable; servers look for such words, too. */
function wordOf(label: string): string {
  return words.exec(label)?.[0] ?? "host";
}
