// What a check needs to evaluate SPF and DMARC: provided by a door that can run the library, absent elsewhere.
import type { Ask, DnsSilence } from "./resolver.ts";

/** One SPF evaluation (RFC 7208 4). */
export interface SpfQuestion {
  /** The sending address, canonical text. */
  readonly ip: string;
  /** The envelope sender, an address; "" or undefined evaluates the HELO name. */
  readonly sender: string | undefined;
  readonly helo: string | undefined;
}

/**
 * Why there is no result. `library`: the library itself failed. `dns`: a question got no answer.
 * `no-such-name`: a term leads to something that is no domain name.
 */
export type SpfFault =
  | "too-many-lookups"
  | "too-many-empty"
  | "several-records"
  | "reference-without-record"
  | "not-ascii"
  | "no-such-name"
  | "syntax"
  | "dns"
  | "library";

/** What came out. */
export interface SpfResult {
  readonly result: "pass" | "fail" | "softfail" | "neutral" | "none" | "permerror" | "temperror";
  /** The domain whose record was evaluated. */
  readonly domain: string;
  /** Its record as published; undefined when there is none. */
  readonly record: string | undefined;
  /** The term that decided, "ip4:192.0.2.0/24", and the domain whose record holds it; undefined when none matched. Safe text. */
  readonly matched: string | undefined;
  readonly at: string | undefined;
  /** The kind of a permerror or temperror. */
  readonly fault: SpfFault | undefined;
  /** What the library says to it, or the question that got no answer; safe text of strangers. */
  readonly problem: string | undefined;
  /** Why that question got no answer. */
  readonly silence: DnsSilence | undefined;
  /** What the domain has receivers tell the sender when they refuse (RFC 7208 6.2); safe text of a stranger. */
  readonly explanation: string | undefined;
  /** Terms that cost a look-up, of at most 10 (RFC 7208 4.6.4); and look-ups without an answer, of at most 2. */
  readonly lookups: { readonly count: number; readonly limit: number; readonly void: number };
  /** The evaluation as a tree, one line each, children indented by two blanks. */
  readonly tree: readonly string[];
}

/** One DMARC evaluation (RFC 9989). */
export interface DmarcQuestion {
  /** The domain of the From header. */
  readonly headerFrom: string;
  /** Domains for which SPF passed. */
  readonly spfDomains: readonly string[];
  /** Domains whose DKIM signatures are taken for valid. */
  readonly dkimDomains: readonly string[];
}

/** What came out. */
export interface DmarcResult {
  readonly result: "pass" | "fail" | "none" | "permerror" | "temperror";
  /** Where the record was found by the tree walk: "_dmarc.example.net"; undefined when there is none. */
  readonly at: string | undefined;
  readonly record: string | undefined;
  readonly policy: "none" | "quarantine" | "reject" | undefined;
  /** The organizational domain. */
  readonly organization: string | undefined;
  /** The domain that is aligned, and by which; undefined when none is. */
  readonly aligned: { readonly by: "spf" | "dkim"; readonly domain: string } | undefined;
  /** True when the record asks for the policy one level below the published one (t=y). */
  readonly testing: boolean;
  /** True when alignment must be exact, for SPF and for DKIM. */
  readonly strict: { readonly spf: boolean; readonly dkim: boolean };
  /** Why a record that is there does not count, or what got no answer; safe text of strangers. */
  readonly problem: string | undefined;
  /** Why a question got no answer. */
  readonly silence: DnsSilence | undefined;
}

/** Evaluates with the questions of one check; never throws for a fault of the world. */
export interface MailAuth {
  spf(question: SpfQuestion, ask: Ask): Promise<SpfResult>;
  dmarc(question: DmarcQuestion, ask: Ask): Promise<DmarcResult>;
}
