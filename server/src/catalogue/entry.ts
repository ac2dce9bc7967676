// Turns rows of provider and server files into entries: sources and contacts resolved, absent lists empty.
import type { Claim, Contact, Entry, Remedy } from "../model.ts";
import type { ClaimRow, ContactRow, EntryRow, RemedyRow } from "./rows.ts";
import { sourceById } from "./sources.ts";

/** Whose entries they are. */
export interface Owner {
  readonly id: string;
  readonly name: string;
  readonly contacts?: Readonly<Record<string, ContactRow>>;
}

/** The entry of one row. */
export function entryOf(row: EntryRow, owner: Owner): Entry {
  const { code, title, permanence, reason, turn, retry, meaning } = row;
  return {
    id: `${owner.id}/${row.id}`,
    provider: owner.id,
    providerName: owner.name,
    ...{ code, title, permanence, reason, turn, retry, meaning },
    remedies: row.remedies.map(remedyOf),
    claims: row.claims.map(claimOf),
    contacts: (row.contacts ?? []).map((id) => contactOf(owner, id)),
    checks: row.checks ?? [],
    decodes: row.match.mask,
    notes: row.notes ?? [],
    sources: row.sources.map(sourceById),
    examples: row.examples ?? [],
  };
}

/** A remedy with its source. */
export function remedyOf({ text, action, source }: RemedyRow): Remedy {
  return { text, action, source: source === undefined ? undefined : sourceById(source) };
}

function claimOf({ says, grade, source, topic }: ClaimRow): Claim {
  return { says, grade, source: sourceById(source), topic };
}

function contactOf(owner: Owner, id: string): Contact {
  const row = owner.contacts?.[id];
  if (row === undefined) throw new Error(`${owner.id}.json has no contact "${id}"`);
  const { what, value, kind, usable, note } = row;
  return { what, value, kind, usable, note, source: sourceById(row.source) };
}
