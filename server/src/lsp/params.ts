// What clients send to our check requests, read with bounds: another client may send anything.
import type { CheckParams, PlanParams, TypedMail } from "../protocol.ts";

const mostAddresses = 100;
const mostSignatures = 20;
const mostKeys = 20;
const longestText = 400;
const longestUri = 8_192;

/** The parameters of a plan; what is no such parameter is left out. */
export function readPlanParams(value: unknown): PlanParams {
  const keys = Object.entries(object(member(value, "keys"))).slice(0, mostKeys);
  return {
    ips: texts(member(value, "ips"), mostAddresses),
    origin: readOrigin(member(value, "origin")),
    typed: readTyped(member(value, "typed")),
    extras: member(value, "extras") === true,
    keys: Object.fromEntries(keys.filter((pair): pair is [string, string] => text(pair[1]) !== undefined)),
  };
}

function readOrigin(value: unknown): PlanParams["origin"] {
  const page = text(member(value, "page"));
  if (page === undefined) return undefined;
  const line = member(value, "line");
  return {
    page,
    log: text(member(value, "log"), longestUri),
    line: typeof line === "number" && Number.isSafeInteger(line) && line >= 0 ? line : undefined,
  };
}

function readTyped(value: unknown): TypedMail {
  const names = ["helo", "sender", "headerFrom", "recipientDomain"] as const;
  const known = names.map((name) => [name, text(member(value, name))] as const);
  const dkim = member(value, "dkim");
  return {
    ...Object.fromEntries(known.filter(([, typed]) => typed !== undefined)),
    ...(Array.isArray(dkim) && { dkim: texts(dkim, mostSignatures) }),
  };
}

/** The parameters of a check; undefined when a part is missing, the consent among them. */
export function readCheckParams(value: unknown): CheckParams | undefined {
  const [id, plan, index] = [text(member(value, "id")), text(member(value, "plan")), member(value, "index")];
  if (id === undefined || plan === undefined || typeof index !== "number") return undefined;
  if (member(value, "consent") !== true) return undefined;
  return { id, plan, index, consent: true, fresh: member(value, "fresh") === true };
}

/** The folder in which the client lets us keep something, from its initialization options; undefined when it names none. */
export function readStorage(options: unknown): string | undefined {
  return text(member(options, "storage"), longestUri);
}

/** The member of an object; undefined for anything else. */
export function member(value: unknown, key: string): unknown {
  return Object.hasOwn(object(value), key) ? object(value)[key] : undefined;
}

function object(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown, longest = longestText): string | undefined {
  return typeof value === "string" && value.length <= longest ? value : undefined;
}

function texts(value: unknown, most: number): string[] {
  return Array.isArray(value) ? value.slice(0, most).map((item) => text(item) ?? "") : [];
}
