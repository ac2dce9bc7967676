// Turns rows of provider and server files into entries: sources and contacts resolved, absent lists empty.
import type { Asking, Claim, Contact, Entry, Rule } from "../model.ts";
import { practiceFor } from "./practice.ts";
import { remedyOf } from "./remedy.ts";
import type { AskingRow, ClaimRow, ConsiderRow, ContactRow, EntryRow, RuleRow } from "./rows.ts";
import { sourceById } from "./sources.ts";

/** Whose entries they are. */
export interface Owner {
  readonly id: string;
  readonly name: string;
  readonly contacts?: Readonly<Record<string, ContactRow>>;
  readonly considers?: readonly ConsiderRow[];
}

/** The entry of one row. */
export function entryOf(row: EntryRow, owner: Owner): Entry {
  const { code, title, permanence, reason, turn, retry, meaning } = row;
  const claims = row.claims.map(claimOf);
  const id = `${owner.id}/${row.id}`;
  return {
    id,
    provider: owner.id,
    providerName: owner.name,
    ...{ code, title, permanence, reason, turn, retry, meaning },
    remedies: row.remedies.map(remedyOf),
    practice: practiceFor({ id, reason }),
    claims,
    contacts: (row.contacts ?? []).map((id) => contactOf(owner, id)),
    ...(row.asking && { asking: askingOf(row.asking) }),
    rule: entryRule(row, claims, owner.considers),
    decodes: row.match.mask,
    notes: row.notes ?? [],
    sources: row.sources.map(sourceById),
    examples: row.examples ?? [],
  };
}

/** The rule of a row; its source is trusted as far as the row's own claim of that source. Without a rule the title has to do. */
export function entryRule(
  { rule, title }: { readonly rule?: RuleRow; readonly title: string },
  claims: readonly Claim[],
  considers: readonly ConsiderRow[] = [],
): Rule {
  if (rule === undefined) return { ...noRule, standsFor: `"${title}"` };
  const { standsFor, named = [], considered = considers.map(({ row }) => row), unseen = [], look, source } = rule;
  return {
    ...{ standsFor, named, considered, look },
    unseen: unseen.map(({ what, link }) => ({ what, link })),
    source: source === undefined ? undefined : sourceById(source),
    grade: claims.find((claim) => claim.source.id === source)?.grade,
  };
}

const noRule: Omit<Rule, "standsFor"> = {
  named: [],
  considered: [],
  unseen: [],
  look: undefined,
  source: undefined,
  grade: undefined,
};

function claimOf({ says, grade, source, topic, limit }: ClaimRow): Claim {
  return { says, grade, source: sourceById(source), topic, ...(limit && { limit }) };
}

function askingOf({ expires, lasting, source }: AskingRow): Asking {
  return { expires, lasting, source: sourceById(source) };
}

function contactOf(owner: Owner, id: string): Contact {
  const row = owner.contacts?.[id];
  if (row === undefined) throw new Error(`${owner.id}.json has no contact "${id}"`);
  return reachable(row);
}

/** A contact with its source. */
export function reachable({ what, value, kind, usable, note, reaches, source }: ContactRow): Contact {
  return { what, value, kind, usable, note, source: sourceById(source), ...(reaches && { reaches }) };
}
