// Turns rows of provider and server files into entries: sources and contacts resolved, absent lists empty.
import type { Asking, Claim, Contact, Entry, Rule, Source } from "../model.ts";
import { practiceFor } from "./practice.ts";
import { remedyOf } from "./remedy.ts";
import type { AskingRow, ClaimRow, ConsiderRow, ContactRow, EntryRow, RuleRow } from "./rows.ts";
import { sourceById } from "./sources.ts";

/** Gives the source of an id; throws when there is none. */
type SourceOf = (id: string) => Source;

/** Whose entries they are. */
export interface Owner {
  readonly id: string;
  readonly name: string;
  readonly contacts?: Readonly<Record<string, ContactRow>>;
  readonly considers?: readonly ConsiderRow[];
  /** For a file that brings its own sources; absent: those of the catalogue. */
  readonly sourceOf?: SourceOf;
}

/** The entry of one row. */
export function entryOf(row: EntryRow, owner: Owner): Entry {
  const { code, title, permanence, reason, turn, retry, meaning } = row;
  const { sourceOf = sourceById } = owner;
  const claims = row.claims.map((claim) => claimOf(claim, sourceOf));
  const id = `${owner.id}/${row.id}`;
  return {
    id,
    provider: owner.id,
    providerName: owner.name,
    ...{ code, title, permanence, reason, turn, retry, meaning },
    remedies: row.remedies.map((remedy) => remedyOf(remedy, sourceOf)),
    practice: practiceFor({ id, reason }),
    claims,
    contacts: (row.contacts ?? []).map((id) => contactOf(owner, id)),
    ...(row.asking && { asking: askingOf(row.asking, sourceOf) }),
    rule: entryRule(row, claims, owner),
    decodes: row.match.mask,
    notes: row.notes ?? [],
    sources: row.sources.map(sourceOf),
    examples: row.examples ?? [],
  };
}

/** The rule of a row; its source is trusted as far as the row's own claim of that source. Without a rule the title has to do. */
export function entryRule(
  { rule, title }: { readonly rule?: RuleRow; readonly title: string },
  claims: readonly Claim[],
  { considers = [], sourceOf = sourceById }: Pick<Owner, "considers" | "sourceOf"> = {},
): Rule {
  if (rule === undefined) return { ...noRule, standsFor: `"${title}"` };
  const { standsFor, named = [], considered = considers.map(({ row }) => row), unseen = [], look, source } = rule;
  return {
    ...{ standsFor, named, considered, look },
    unseen: unseen.map(({ what, link }) => ({ what, link })),
    source: source === undefined ? undefined : sourceOf(source),
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

function claimOf({ says, grade, source, topic, limit }: ClaimRow, sourceOf: SourceOf): Claim {
  return { says, grade, source: sourceOf(source), topic, ...(limit && { limit }) };
}

function askingOf({ expires, lasting, source }: AskingRow, sourceOf: SourceOf): Asking {
  return { expires, lasting, source: sourceOf(source) };
}

function contactOf(owner: Owner, id: string): Contact {
  const row = owner.contacts?.[id];
  if (row === undefined) throw new Error(`${owner.id}.json has no contact "${id}"`);
  return reachable(row, owner.sourceOf);
}

/** A contact with its source. */
export function reachable(
  { what, value, kind, usable, note, reaches, source }: ContactRow,
  sourceOf: SourceOf = sourceById,
): Contact {
  return { what, value, kind, usable, note, source: sourceOf(source), ...(reaches && { reaches }) };
}
