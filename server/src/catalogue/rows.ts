// The shapes of the catalogue's files, as schema.json describes them.
import type { Limit } from "../measurement.ts";
import type {
  ClaimLimit,
  Condition,
  Contact,
  DecodedList,
  Entry,
  Grade,
  LimitKind,
  Reason,
  Remedy,
  Stage,
  Turn,
} from "../model.ts";

/** A remedy as written: its source by id. */
export interface RemedyRow {
  readonly text: string;
  readonly action?: NonNullable<Remedy["action"]>;
  readonly source?: string;
}

/** A claim as written: its source by id. */
export interface ClaimRow {
  readonly says: string;
  readonly grade: Grade;
  readonly source: string;
  readonly topic: string;
  readonly limit?: ClaimLimit;
}

/** A contact as written: its source by id. */
export interface ContactRow extends Omit<Contact, "source" | "note"> {
  readonly source: string;
  readonly note?: string;
}

/** What is known of asking the provider, as written: hours and days. */
export interface AskingRow {
  readonly expires?: number;
  readonly lasting?: number;
  readonly source: string;
}

/** What a check can say about a row, as written; `considered` absent: what the file's `considers` names. */
export interface RuleRow {
  readonly standsFor: string;
  readonly named?: readonly Condition[];
  readonly considered?: readonly Condition[];
  readonly unseen?: readonly { readonly what: string; readonly link?: string }[];
  readonly look?: string;
  readonly source?: string;
}

/** A row of a check that a provider is known to look at. */
export interface ConsiderRow {
  readonly row: Condition;
  readonly source: string;
}

/** A limit that a provider sets, as written; `per` absent: one sending address, `current` absent: it still stands. */
export interface LimitRow {
  readonly what: LimitKind;
  readonly value: number;
  readonly per?: Limit["per"];
  readonly grade: Grade;
  readonly source: string;
  readonly current?: boolean;
}

/** The two families of tokens with bits behind them. */
export type MaskName = "ipbl" | "urlbl";

/** What in a reply leads to a row: one of token, mask, rest, words, enhanced and any, and what must stand beside it. */
export interface Match {
  /** The provider's tokens, in upper case; "AUP#IN-1100..1150" stands for every number from 1100 to 1150, "OFR*102" for OFR006_102 and OFR_102. */
  readonly token?: string | readonly string[];
  readonly mask?: MaskName;
  /** The beginning of any other token of the provider. */
  readonly rest?: string;
  /** Enhanced codes, the class as a number or X; "5.7.606..649" stands for every number from 606 to 649. */
  readonly enhanced?: readonly string[];
  /** Any of these stretches of the text, in lower case. */
  readonly words?: readonly string[];
  /** With `words`: any of these must stand in the text as well. */
  readonly and?: readonly string[];
  /** With a token or words: the reply has one of these codes. `enhanced` beside them is meant so too. */
  readonly code?: readonly number[];
  /** With words: the reply answered one of these commands. */
  readonly stage?: readonly Stage[];
  /** Whatever no row before it matches. */
  readonly any?: boolean;
}

/** A row of a provider's or a server's file. */
export interface EntryRow
  extends Pick<Entry, "code" | "title" | "permanence" | "reason" | "turn" | "retry" | "meaning"> {
  readonly id: string;
  readonly match: Match;
  readonly remedies: readonly RemedyRow[];
  readonly claims: readonly ClaimRow[];
  readonly contacts?: readonly string[];
  readonly asking?: AskingRow;
  readonly rule?: RuleRow;
  readonly notes?: readonly string[];
  readonly sources: readonly string[];
  readonly examples?: readonly string[];
}

/** A host or domain: exact, or with `*.` for everything below; valid from `since` until before `until`. */
export interface Dated {
  readonly pattern: string;
  readonly since?: string;
  readonly until?: string;
  readonly source: string;
}

/** One list behind a bit. */
export interface ListRow {
  readonly name: string;
  readonly removal?: string;
  readonly row?: Condition;
  readonly note?: string;
}

/** How the bits behind a token are read: `bits` from the rightmost to the left. */
export interface Mask {
  readonly token: string;
  readonly subject: "sending-ip" | "message-link";
  readonly bits: readonly ListRow[];
  readonly published: readonly string[];
  readonly irregular?: Readonly<Record<string, readonly ListRow[]>>;
}

/** What in a text names a provider. */
export interface Markers {
  readonly tokens?: readonly string[];
  readonly words?: readonly string[];
  readonly platform?: readonly string[];
}

/** A file of providers/. */
export interface ProviderFile {
  readonly id: string;
  readonly name: string;
  readonly platform?: string;
  readonly hosts: readonly Dated[];
  readonly domains: readonly Dated[];
  readonly markers: Markers;
  readonly contacts?: Readonly<Record<string, ContactRow>>;
  readonly masks?: Readonly<Partial<Record<MaskName, Mask>>>;
  readonly considers?: readonly ConsiderRow[];
  readonly limits?: readonly LimitRow[];
  readonly entries: readonly EntryRow[];
}

/** A file of servers/: `entries` for mail that we send, `ours` for clients that we refuse. */
export interface ServersFile {
  readonly name: string;
  readonly entries: readonly EntryRow[];
  readonly ours: readonly EntryRow[];
}

/** wordings.json: `entries` speak before the standard's meaning of a code, `hints` only where that is not definite. */
export interface WordingsFile {
  readonly name: string;
  readonly entries: readonly EntryRow[];
  readonly hints: readonly EntryRow[];
}

/** What a provider means by a code of the standard. */
export interface Elsewhere {
  readonly provider: string;
  readonly classes?: readonly number[];
  readonly says: string;
  readonly grade: Grade;
  readonly source: string;
}

/** A reply code or an enhanced status code of codes/. */
export interface CodeRow {
  readonly code: string;
  readonly name?: string;
  readonly title: string;
  readonly meaning: string;
  readonly reason: Reason;
  readonly turn: Turn;
  readonly retry?: string;
  readonly remedies: readonly RemedyRow[];
  readonly rule?: RuleRow;
  readonly notes?: readonly string[];
  readonly classes?: readonly number[];
  readonly vague?: boolean;
  readonly definite?: boolean;
  readonly elsewhere?: readonly Elsewhere[];
  readonly grade?: Grade;
  readonly sources: readonly string[];
}

/** codes/basic.json. */
export interface BasicFile {
  readonly standard: readonly CodeRow[];
  readonly extensions: readonly CodeRow[];
  readonly nonstandard: readonly CodeRow[];
  readonly classes: readonly CodeRow[];
}

/** codes/enhanced.json. */
export interface EnhancedFile {
  readonly classes: readonly CodeRow[];
  readonly subjects: readonly CodeRow[];
  readonly codes: readonly CodeRow[];
}

/** Which steps of practice belong to which refusals: by reason, or by entry. */
export interface PracticeRow {
  readonly reasons?: readonly Reason[];
  /** Ids; "standard/X.7.8" is 4.7.8 and 5.7.8. */
  readonly entries?: readonly string[];
  readonly steps: readonly string[];
}

/** practice.json: the steps by their ids, and where they belong. */
export interface PracticeFile {
  readonly steps: Readonly<Record<string, RemedyRow>>;
  readonly where: readonly PracticeRow[];
}

/** A list with nothing left out, as the vocabulary wants it. */
export function listOf({ name, removal, note, row }: ListRow): DecodedList {
  return { name, removal, note, row };
}
