// What is known of a DNS list: the rows of blocklists.json, whose schema says what each field means.

/** A documented answer that lists what was asked. */
export interface ListCode {
  /** "127.0.0.2"; a number may be a range "2-24" or "*". */
  readonly code: string;
  /** The list's short name: "PBL". */
  readonly list: string;
  /** A clause for the verdict sentence. */
  readonly brief: string;
  readonly means: string;
  readonly remedy: string;
  readonly turn: "you" | "wait" | "provider" | "list-operator";
}

/** A documented answer that is no listing: a good reputation, or the trust of an allow-list. */
export interface ListNote {
  /** As in a ListCode. */
  readonly code: string;
  /** "trust medium" */
  readonly name: string;
  readonly means: string;
}

/** A documented answer that says nothing about what was asked. */
export interface ListError {
  readonly code: string;
  readonly means: string;
  readonly remedy: string;
}

/** One DNS list that can be asked; blocklists.schema.json says what each field means. */
export interface Blocklist {
  /** The id of its row too, whether it is asked with a key or without. */
  readonly zone: string;
  /** Other names of it, or of its parts; "*.zone" stands for all names under a zone. */
  readonly also?: readonly string[] | undefined;
  readonly name: string;
  readonly operator: string;
  readonly kind: "block" | "allow" | "domain";
  readonly tier: "A" | "B" | "K";
  readonly families: readonly (4 | 6)[];
  readonly testPoints: "rfc5782" | "listed-only" | "none";
  /** The name that a list of domains lists for tests; undefined for RFC 5782's "test". */
  readonly testName?: string | undefined;
  readonly keyed?: { readonly key: string; readonly zone: string; readonly required: boolean } | undefined;
  /** The key to ask with; never in the data. */
  readonly secret?: string | undefined;
  /** Why only a registered resolver gets an answer and how to register one, sentences. */
  readonly registration?: string | undefined;
  /** `bits`: an answer is a sum of codes. */
  readonly reads?: "bits" | undefined;
  readonly codes: readonly ListCode[];
  readonly notes: readonly ListNote[];
  readonly unused: readonly string[];
  readonly errors: readonly ListError[];
  readonly policy: string;
  /** The operator's page; "{ip}" or "{domain}" in it stands for what was asked. */
  readonly lookup?: string | undefined;
  readonly status: "active" | "unproven";
  /** The day its facts were looked up; undefined for a list of the user's own. */
  readonly dateChecked?: string | undefined;
  readonly sources: readonly string[];
}

/** A list or a rating that no DNS question reaches: only its page does. */
export interface LinkedList {
  readonly zone: string;
  readonly also?: readonly string[] | undefined;
  readonly name: string;
  readonly operator: string;
  readonly tier: "L";
  /** Why it is not asked and what its page does, sentences. */
  readonly why: string;
  readonly lookup: string;
}

/** A zone that is never asked: dead, listing the world, fake, or of no use. */
export interface DeniedZone {
  readonly zone: string;
  readonly also?: readonly string[] | undefined;
  readonly name: string;
  readonly tier: "X";
  readonly status: "dead" | "lists-the-world" | "fake" | "never-existed" | "not-asked";
  /** A day, month or year. */
  readonly since?: string | undefined;
  /** What became of it, a sentence that stands by itself. */
  readonly fate: string;
}

/** What is known of a zone. */
export type KnownZone = Blocklist | LinkedList | DeniedZone;

/** A key of the user that lists want. */
export interface ListKey {
  /** "dqs" */
  readonly id: string;
  readonly name: string;
  /** What the key is and where to get it, a sentence. */
  readonly about: string;
}
