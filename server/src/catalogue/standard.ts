// Turns the rows of basic.json and enhanced.json into entries, one for each class in which a code can stand.
import type { Claim, Entry, Permanence } from "../model.ts";
import { entryRule } from "./entry.ts";
import { practiceFor } from "./practice.ts";
import { remedyOf } from "./remedy.ts";
import type { CodeRow, Elsewhere } from "./rows.ts";
import { sourceById } from "./sources.ts";

/** An entry of the standard and what providers make of its code. */
export interface Standard {
  readonly entry: Entry;
  /** The code says less than a reply code beside it. */
  readonly vague: boolean;
  /** The code leaves nothing open: words that may mean anything do not overrule it. */
  readonly definite: boolean;
  readonly elsewhere: readonly Elsewhere[];
}

/** The source that registers names which others define. */
const registry = "iana-enhanced";

const usualClasses: readonly number[] = [4, 5];

/** The entries of a row with an X: one without a class, and one for each class. */
export function enhancedStandards(row: CodeRow): Standard[] {
  const classes = row.classes ?? usualClasses;
  return [standardOf(row, row.code), ...classes.map((digit) => standardOf(row, row.code.replace("X", String(digit))))];
}

/** The entry of a row under one code: "421", "5.7.1", "X.7.1". */
export function standardOf(row: CodeRow, code: string): Standard {
  const { title, meaning, reason, turn } = row;
  const elsewhere = (row.elsewhere ?? []).filter(({ classes }) => !classes || speaksOf(classes, code));
  const claims = [...namings(row, code), ...elsewhere.map(elsewhereClaim)];
  const id = `standard/${code}`;
  const entry: Entry = {
    id,
    provider: "standard",
    providerName: row.grade === undefined ? "SMTP standard" : "SMTP, outside the standard",
    ...{ code, title, reason, turn, meaning },
    permanence: permanenceOf(code),
    retry: row.retry ?? usualRetry(code),
    remedies: row.remedies.map((remedy) => remedyOf(remedy)),
    practice: practiceFor({ id, reason }),
    claims,
    contacts: [],
    rule: entryRule(row, claims),
    decodes: undefined,
    notes: row.notes ?? [],
    sources: row.sources.map(sourceById),
    examples: [],
  };
  return { entry, vague: row.vague === true, definite: row.definite === true, elsewhere };
}

function speaksOf(classes: readonly number[], code: string): boolean {
  return code.startsWith("X") || classes.includes(Number(code[0]));
}

function permanenceOf(code: string): Permanence {
  if (code.startsWith("4")) return "temporary";
  return code.startsWith("5") ? "permanent" : "by-reply";
}

function usualRetry(code: string): string {
  if (code.startsWith("4")) return "Yes: your server tries again by itself.";
  if (code.startsWith("5")) return "Not unchanged: the same message would be refused again.";
  if (code.startsWith("X")) return "As the first digit says: 4 is tried again, 5 is not.";
  return "There is nothing to try again.";
}

/** One claim for each source: what it calls the code. */
function namings(row: CodeRow, code: string): Claim[] {
  const grade = row.grade ?? "standard";
  return row.sources.map((id) => ({ says: naming(row, code, id), grade, source: sourceById(id), topic: "meaning" }));
}

function naming({ name, grade }: CodeRow, code: string, source: string): string {
  if (name !== undefined) return `${source === registry ? "Registers" : "Defines"} ${code} as "${name}".`;
  if (grade !== undefined) return `Shows ${code} in use; no standard defines it.`;
  return `Defines what the digits of ${code} mean.`;
}

function elsewhereClaim({ says, grade, source }: Elsewhere): Claim {
  return { says, grade, source: sourceById(source), topic: "meaning" };
}
