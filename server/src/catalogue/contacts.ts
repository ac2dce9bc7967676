// How a provider is reached, by all files of the catalogue.
import type { Contact } from "../model.ts";
import { providers } from "./data.ts";
import { reachable } from "./entry.ts";

/** The contacts that reach a provider, each once, its own file's first; none for an unknown id. */
export function contactsOf(provider: string): readonly Contact[] {
  const all = providers.flatMap(({ id, contacts }) =>
    Object.values(contacts ?? {}).map((row) => ({ id: row.reaches ?? id, own: id === provider, row })),
  );
  const reaching = all.filter(({ id }) => id === provider).sort((a, b) => Number(b.own) - Number(a.own));
  const once = reaching.filter(({ row }, at) => reaching.findIndex((one) => one.row.value === row.value) === at);
  return once.map(({ row }) => reachable(row));
}
