// The vocabulary of counting: what logs of any size hold, as counts instead of lists. Types only.
// Lines and files count from 0; offsets are bytes of the unpacked text; times are ISO 8601 as the log gives them. All of it survives JSON.stringify.
import type { Clock, FormatId, Permanence, Reason } from "./model.ts";

/** Who refused whom, and for how long: `ours` is a refusal by our own server. */
export type Kind = "permanent" | "temporary" | "ours";

/** A line of one of several logs. */
export interface Place {
  /** Its index among the files that were read, in time order. */
  readonly file: number;
  readonly line: number;
  /** Where the line begins. */
  readonly offset: number;
  readonly time: string | undefined;
}

/** Names and how often each was seen, the most frequent first; those that are not listed are counted together. */
export interface Counts {
  readonly named: readonly (readonly [name: string, count: number])[];
  readonly others: number;
}

/** One wording of a reply: what changes from line to line is an ellipsis. */
export interface Template {
  readonly text: string;
  readonly count: number;
  readonly first: Place;
}

/** How long messages had been in the queue, in seconds. */
export interface Delays {
  readonly count: number;
  readonly least: number;
  readonly most: number;
  readonly mean: number;
  /** At most this many seconds for half of them, and for nine tenths: the upper bound of a step, about a third above the one before. */
  readonly median: number;
  readonly ninth: number;
}

/** Counts over time, in equal steps. */
export interface Timeline {
  /** Minutes of one step. */
  readonly step: number;
  /** When a step begins, in minutes since 1970 in the log's own clock, how many there were, and the first; ascending, none of them 0. */
  readonly bars: readonly (readonly [minute: number, count: number, first: Place])[];
}

/** All failures of one kind by one provider: what the report counts. */
export interface Group {
  /** Stable for the same failures, whatever the log; no text for a person. */
  readonly id: string;
  /** The provider's id; undefined when it is not known or we refused. */
  readonly provider: string | undefined;
  readonly providerName: string;
  /** The id of the explanation's page: "cox/CXCNCT", "cox/IPBL0011". */
  readonly page: string;
  /** The code as the log writes it, "AUP#CXCNCT", "421 4.7.0"; it may be a stranger's text. */
  readonly label: string;
  readonly title: string;
  readonly reason: Reason;
  readonly permanence: Permanence;
  readonly kind: Kind;
  readonly permanent: boolean;
  readonly count: number;
  readonly first: Place;
  readonly last: Place;
  /** Domains of recipients, in lower case. */
  readonly domains: Counts;
  /** Sending addresses. */
  readonly sources: Counts;
  readonly templates: readonly Template[];
  /** Undefined when no line tells one. */
  readonly delays: Delays | undefined;
  readonly times: Timeline;
}

/** One file that was read. */
export interface FileTally {
  readonly path: string;
  /** The file itself, whatever its name: another one's differs. Empty for a pipe. */
  readonly identity: string;
  /** Undefined for no mail log that we know. */
  readonly format: FormatId | undefined;
  readonly lines: number;
  /** Bytes of text, unpacked. */
  readonly bytes: number;
  readonly failures: number;
  /** Why it was not read, or not to its end: a sentence for the user. */
  readonly fault: string | undefined;
  /** Where to go on when the file has grown; undefined for a packed one. */
  readonly end: Resume | undefined;
}

/** Where reading ended: behind the last whole line. */
export interface Resume {
  readonly offset: number;
  readonly line: number;
  readonly format: FormatId;
  readonly header: string | undefined;
  readonly clock: Clock;
  readonly passage: { readonly owner: number; readonly last: number };
}

/** What some logs hold. */
export interface LogTally {
  readonly files: readonly FileTally[];
  /** The most frequent first. */
  readonly groups: readonly Group[];
  readonly failures: number;
  readonly lines: number;
  readonly bytes: number;
  /** True when there were too many kinds of failure to keep apart: those beyond are counted by entry. */
  readonly merged: boolean;
}
