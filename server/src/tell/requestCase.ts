// What a letter to a provider is about: the refusals as a log shows them, who answered, and what else is known. Types only.
import type { Limit, Measurement, Throttle } from "../measurement.ts";
import type { Contact, Decoded, Entry, Finding, Report } from "../model.ts";

/** A count that may be higher than was counted. */
export interface Count {
  readonly total: number;
  /** True when counting stopped at a bound. */
  readonly more: boolean;
}

/** The refusals with one code that one provider gave to one address. */
export interface Seen {
  readonly count: number;
  /** How many of them were for good. */
  readonly permanent: number;
  readonly messages: Count;
  readonly recipients: Count;
  /** Domains of recipients, the most frequent first, at most 5. */
  readonly domains: readonly string[];
  /** The first and the last time as the log gives them; undefined when no line has one. */
  readonly first: string | undefined;
  readonly last: string | undefined;
  /** Milliseconds between them. */
  readonly span: number | undefined;
  /** False when some time names no zone. */
  readonly zoned: boolean;
  /** The first, one from the middle and the last: three when there are three, in other words where they differ. */
  readonly samples: readonly Finding[];
  /** How many held a code of the other side's own that the catalogue does not know. */
  readonly unknownTokens: number;
}

/** Who gave these refusals. */
export interface Answerer {
  readonly id: string;
  readonly name: string;
  /** All that reach it, usable or not. */
  readonly contacts: readonly Contact[];
  /** True when the code is its own, its platform's or the standard's; false when another's code came from its hosts. */
  readonly own: boolean;
}

/** All that a letter is made of. */
export interface RequestCase {
  readonly entry: Entry;
  readonly decoded: Decoded | undefined;
  /** Undefined when nobody knows whose host answered. */
  readonly answerer: Answerer | undefined;
  /** True for what our own server writes when it refuses others. */
  readonly ours: boolean;
  /** False when there is no log to look in. */
  readonly log: boolean;
  readonly seen: Seen;
  /** Other addresses with such refusals, when `seen` holds none: at most 5. */
  readonly others: readonly string[];
  /** The sending address, canonical; undefined when neither log nor user names it. */
  readonly ip: string | undefined;
  /** The name in HELO; `assumed` when it is only the host's own name in the log. */
  readonly helo: { readonly name: string; readonly assumed: boolean } | undefined;
  /** Checks of this address. */
  readonly reports: readonly Report[];
  /** Of this provider and address. */
  readonly measurement: Measurement | undefined;
  readonly limits: readonly Limit[];
  /** How to send from now on, when a change of settings was computed. */
  readonly throttle: Throttle | undefined;
  /** What to make sure of before the letter is sent, sentences. */
  readonly cautions: readonly string[];
  readonly now: Date;
}
