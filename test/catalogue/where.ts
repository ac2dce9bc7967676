// Where a provider's replies come from: a host of its own, and a recipient whose mail it takes or took.
import { providers } from "../../server/src/catalogue/data.ts";

/** A mail host of the provider; a recipient of it and a day on which it took that recipient's mail, as far as the catalogue knows. */
export interface Where {
  readonly host: string | undefined;
  readonly recipient: string;
  /** ISO. */
  readonly day: string;
}

/** Host, recipient and day for a provider's id. */
export function whereIs(id: string): Where {
  const file = providers.find((provider) => provider.id === id);
  const host = file?.hosts.find(({ until }) => until === undefined) ?? file?.hosts[0];
  const domain = file?.domains.find(({ until }) => until === undefined) ?? file?.domains[0];
  return {
    host: host?.pattern.replace("*", "mx1"),
    recipient: `pat@${domain?.pattern.replace("*", "mail") ?? "example.net"}`,
    day: dayWithin(host ?? domain),
  };
}

function dayWithin(tenure: { readonly since?: string; readonly until?: string } | undefined): string {
  if (tenure?.until === undefined) return "2026-11-20";
  return `${Number(tenure.until.slice(0, 4)) - 1}-05-20`;
}
