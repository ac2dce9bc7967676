// What a provider allows a sender, by its file in the catalogue.
import type { Limit } from "../measurement.ts";
import { providers } from "./data.ts";
import type { LimitRow } from "./rows.ts";
import { sourceById } from "./sources.ts";

const byProvider: ReadonlyMap<string, readonly Limit[]> = new Map(
  providers.map(({ id, limits }) => [id, (limits ?? []).map(limitOf)]),
);

/** The limits of a provider, in its file's order: figures that still stand first; none for an unknown id. */
export function limitsOf(provider: string): readonly Limit[] {
  return byProvider.get(provider) ?? [];
}

function limitOf({ what, value, per = "ip", grade, source, current = true }: LimitRow): Limit {
  return { what, value, per, grade, source: sourceById(source), current };
}
