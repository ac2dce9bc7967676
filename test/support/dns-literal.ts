// A resolver that is a literal: for answers that no real server gives on request. It records what was asked.
import type { DnsAnswer, DnsSilence, Resolver } from "../../server/src/check/resolver.ts";

/** "name TYPE" → records, or why there are none; every other name does not exist. */
export type LiteralZone = Readonly<Record<string, readonly string[] | DnsSilence>>;

/** The resolver of this zone; `asked` fills in the order of the questions. */
export function literalResolver(zone: LiteralZone): Resolver & { readonly asked: readonly string[] } {
  const asked: string[] = [];
  return {
    name: "literal",
    asked,
    query: async (name, type) => {
      asked.push(`${name} ${type}`);
      return answerOf(zone[`${name} ${type}`] ?? "nxdomain");
    },
  };
}

function answerOf(found: readonly string[] | DnsSilence): DnsAnswer {
  return typeof found === "string" ? { kind: found } : { kind: "answer", records: found };
}
