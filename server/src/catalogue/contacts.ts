// How a provider is reached, by all files of the catalogue.
import type { Contact } from "../model.ts";
import { providers } from "./data.ts";
import { reachable } from "./entry.ts";

/** The contacts that reach a provider, its own file's first; none for an unknown id. */
export function contactsOf(provider: string): readonly Contact[] {
  const all = providers.flatMap(({ id, contacts }) =>
    Object.values(contacts ?? {}).map((row) => ({ id: row.reaches ?? id, own: id === provider, row })),
  );
  const reaching = all.filter(({ id }) => id === provider);
  return reaching.sort((a, b) => Number(b.own) - Number(a.own)).map(({ row }) => reachable(row));
}
