// Takes out of the text of logs who sends and who receives, and leaves what providers, servers and standards say: the same value has the same pseudonym.
import { accounts, paths } from "./accounts.ts";
import { createAddresses } from "./addresses.ts";
import { withBlanks } from "./blanks.ts";
import { createClaims } from "./claims.ts";
import { colons } from "./colons.ts";
import { dotted } from "./dotted.ts";
import { beginsSubject, displayNames, messageIds, subjects } from "./headers.ts";
import { hosts, ownHost } from "./hosts.ts";
import type { Digest, Known } from "./known.ts";
import { links } from "./links.ts";
import { mailboxes } from "./mailboxes.ts";
import { createNames } from "./names.ts";
import type { Finder } from "./sight.ts";
import { createTable } from "./table.ts";

/** Text that was redacted, and how many different values of it have other names now. */
export interface Redacted {
  readonly text: string;
  readonly values: number;
}

/** Redacts one log or several that belong together. */
export interface Redactor {
  /** Redacts whole lines. The text keeps its lines; nothing in it can make this throw. */
  redact(text: string): Redacted;
  /** True once there were more different values than are told apart: the later ones share a name. */
  readonly full: boolean;
}

// The first claim on a place wins: what has a key or quotes around it goes before what only looks like a name.
const finders: readonly Finder[] = [
  ...[ownHost, subjects, displayNames, messageIds, links, mailboxes],
  ...[paths, colons, dotted, hosts, accounts],
];

/** A redactor with no names given yet. With a digest the names are the same in every run with the same secret. */
export function createRedactor(known: Known, digest?: Digest): Redactor {
  const table = createTable(digest);
  const given = { names: createNames(known, table), addresses: createAddresses(table), known };
  let inSubject = false;
  const line = (text: string): string => {
    const folded = inSubject && /^[ \t]+\S/.test(text);
    inSubject = folded || beginsSubject(text);
    if (folded) return ` ${given.names.other("subject", text.trim())}${/\s*$/.exec(text)?.[0] ?? ""}`;
    const sight = { ...given, line: withBlanks(text), claims: createClaims(text) };
    for (const find of finders) find(sight);
    return sight.claims.carriedOut();
  };
  return {
    redact: (text) => {
      const counted = table.counted();
      // Separators come between the lines: an editor counts lone carriage returns, too.
      const redacted = text
        .split(/(\r\n|\r|\n)/)
        .map((part, at) => (at % 2 === 0 ? line(part) : part))
        .join("");
      return { text: redacted, values: counted() };
    },
    get full() {
      return table.full;
    },
  };
}
