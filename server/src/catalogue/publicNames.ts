// The names that the catalogue itself prints: hosts and mailboxes that refusals quote, and hosts of pages about mail.
import lists from "../../catalogue/blocklists.json" with { type: "json" };
import { hints, providers, refusingEntries, sendingEntries, wordings } from "./data.ts";
import { hostInText, linkHost } from "./patterns.ts";
import { operatorOf, tenures } from "./provider.ts";

interface Printed {
  readonly hosts: ReadonlySet<string>;
  readonly pages: ReadonlySet<string>;
  readonly mailboxes: ReadonlySet<string>;
}

let printed: Printed | undefined;

/** True for a host or a domain, in lower case, of a provider, and for a name in the words that a refusal is known by. */
export function isPublicName(name: string): boolean {
  return operatorOf(name) !== undefined || tenures(name).length > 0 || all().hosts.has(name);
}

/** True for a host, in lower case, that providers and lists have pages on; sources are elsewhere, and on hosts that hold anybody's. */
export function isPageHost(host: string): boolean {
  return all().pages.has(host);
}

/** True for a mailbox, in lower case, that a provider gives as its contact. */
export function isContactMailbox(address: string): boolean {
  return all().mailboxes.has(address);
}

/** Read by its first use: the command line and the editor seldom need it. */
function all(): Printed {
  printed ??= {
    // "5.7.1" is no host, though it has dots.
    hosts: new Set(
      words()
        .flatMap((word) => word.match(hostInText) ?? [])
        .filter((name) => /[a-z]/.test(name)),
    ),
    pages: new Set(
      [...JSON.stringify([providers, lists]).matchAll(linkHost)].map(([, host = ""]) => host.toLowerCase()),
    ),
    mailboxes: new Set(contacts().filter((value) => value.includes("@") && !value.includes("/"))),
  };
  return printed;
}

function words(): string[] {
  const markers = providers.flatMap(({ markers }) => [...(markers.words ?? []), ...(markers.platform ?? [])]);
  const entries = [
    ...providers.flatMap(({ entries }) => entries.map(({ match }) => match)),
    ...[...sendingEntries, ...refusingEntries, ...wordings, ...hints].map(({ match }) => match),
  ];
  return [...markers, ...entries.flatMap(({ words }) => words ?? [])];
}

function contacts(): string[] {
  return providers.flatMap(({ contacts }) => Object.values(contacts ?? {}).map(({ value }) => value.toLowerCase()));
}
