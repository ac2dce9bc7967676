// The DNS lists that are known: blocklists.json, typed.
import data from "../../catalogue/blocklists.json" with { type: "json" };

/** A documented answer that lists the address. */
export interface ListCode {
  readonly code: string;
  /** The list's short name: "PBL". */
  readonly list: string;
  /** A clause for the verdict sentence. */
  readonly brief: string;
  readonly means: string;
  readonly remedy: string;
  readonly turn: "you" | "wait" | "provider" | "list-operator";
}

/** A documented answer that says nothing about the address. */
export interface ListError {
  readonly code: string;
  readonly means: string;
  readonly remedy: string;
}

/** One DNS list; blocklists.schema.json says what each field means. */
export interface Blocklist {
  readonly zone: string;
  readonly name: string;
  readonly operator: string;
  readonly kind: "block" | "allow" | "domain";
  readonly tier: "A" | "B" | "K" | "L" | "X";
  readonly families: readonly (4 | 6)[];
  readonly testPoints: "rfc5782" | "none";
  readonly codes: readonly ListCode[];
  readonly unused: readonly string[];
  readonly errors: {
    readonly prefix?: string;
    readonly codes: readonly ListError[];
    readonly otherwise?: ListError;
  };
  readonly policy: string;
  /** The operator's page for one address; "{ip}" stands for it. */
  readonly lookup: string;
  readonly status: "active" | "dead" | "lists-the-world" | "unproven";
  readonly dateChecked: string;
  readonly sources: readonly string[];
}

/** All known lists; the schema in the catalogue is what makes this cast true. */
export const blocklists = data.lists as readonly Blocklist[];

/** The lists that are asked when nothing else is set. */
export const usualLists = blocklists.filter((list) => list.tier === "A" && list.status === "active");
