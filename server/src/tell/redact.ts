// Takes out of reports who sends: the address in every spelling, the names of the sender and of its mail. What is public stays.
import type { Report } from "../model.ts";
import { type Addresses, addressesOf } from "./redactAddresses.ts";
import { type Names, namesOf } from "./redactNames.ts";

/** The reports with stable placeholders, "[sending IP]", "[host 1]", in every text; the same name has the same one everywhere. */
export function redacted(reports: readonly Report[]): readonly Report[] {
  const names = namesOf(reports);
  const addresses = addressesOf(reports);
  const pattern = new RegExp(`(?<name>${names.pattern})|(?<address>${addresses.pattern})`, "giu");
  return cleaned(reports, (text) => clean(text, { pattern, names, addresses }));
}

interface Table {
  readonly pattern: RegExp;
  readonly names: Names;
  readonly addresses: Addresses;
}

// One pass: a placeholder is never read again.
function clean(text: string, { pattern, names, addresses }: Table): string {
  return text.replace(pattern, (found: string, ...rest: unknown[]) => {
    const groups = rest.at(-1) as { readonly name?: string };
    return groups.name === undefined ? addresses.placeholder(found) : names.placeholder(found);
  });
}

function cleaned<T>(value: T, clean: (text: string) => string): T;
function cleaned(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === "string") return clean(value);
  if (Array.isArray(value)) return value.map((item) => cleaned(item, clean));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cleaned(item, clean)]));
}
