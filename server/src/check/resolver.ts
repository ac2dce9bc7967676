// The resolver is one function: a name and a type in, a value out. Limits and records wrap it; doors provide it.

/** The record types that checks ask for. */
export type DnsType = "A" | "AAAA" | "MX" | "PTR" | "TXT";

/** Why there are no records. `invalid`: the question or the answer is malformed. `unreachable`: no server could be reached. */
export type DnsSilence =
  | "nxdomain"
  | "nodata"
  | "servfail"
  | "refused"
  | "timeout"
  | "unreachable"
  | "cancelled"
  | "invalid";

/**
 * What came back: at least one record as text (an MX as "10 mx.example.net", a null MX as "0 ."; `ttl` in seconds, where known), or why there is none.
 * `age` in seconds, when it is remembered and was not asked now.
 */
export type DnsAnswer = (
  | { readonly kind: "answer"; readonly records: readonly string[]; readonly ttl?: number | undefined }
  | { readonly kind: DnsSilence }
) & { readonly age?: number };

/** Asks the DNS; never throws for a fault of the world. Names are full, with or without the root dot. */
export interface Resolver {
  /** Whom it asks, for people: "192.168.1.1". */
  readonly name: string;
  query(name: string, type: DnsType, signal: AbortSignal): Promise<DnsAnswer>;
}

/** A resolver inside a check, with limits and the signal built in. */
export type Ask = (name: string, type: DnsType) => Promise<DnsAnswer>;
