// What redaction has to be told by those who know it: which names are public, and where a line names the host that wrote it.
import type { Span } from "../model.ts";

/** What stays, and where to look. Names and addresses come in lower case. */
export interface Known {
  /** True for a host or a domain of a mail provider, or a name that refusals quote: it stays. */
  isPublic(name: string): boolean;
  /** True for a host that stays in a link: its pages are about mail. */
  isPage(host: string): boolean;
  /** True for a mailbox of a provider that takes requests: it stays. */
  isContact(address: string): boolean;
  /** The zone of a DNS list that a name is or stands below. */
  listZone(name: string): string | undefined;
  /** Where a line names the host that wrote it; undefined when it does not. */
  ownHost(line: string): Span | undefined;
}

/** Makes names that are the same in every run from a secret: at least 32 hexadecimal digits for a text. */
export type Digest = (text: string) => string;
