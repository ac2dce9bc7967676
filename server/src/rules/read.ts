// Reads files of the user's own rules: each rule is held against schema.json, what it leaves out is filled in, and what is wrong is said where it stands.
import { entryOf, type Owner } from "../catalogue/entry.ts";
import { type OwnRule, own } from "../catalogue/own.ts";
import { providerName } from "../catalogue/provider.ts";
import type { ContactRow, EntryRow } from "../catalogue/rows.ts";
import { knownSource, sourceById } from "../catalogue/sources.ts";
import type { Source } from "../model.ts";
import { type Beside, faultsOfRule, unfitExamples } from "./doubts.ts";
import { type Fault, memberOf, type Node, plainOf, readJson } from "./json.ts";
import { faultsOf } from "./schema.ts";

/** A file of rules. */
export interface RulesText {
  /** Its name for a person, and where it lies for whoever reads it. */
  readonly name: string;
  readonly text: string;
  /** When it was last changed. */
  readonly changed: Date;
}

/** What is wrong in a file. */
export interface RulesFault extends Fault {
  /** True when a rule, or the whole file, is left out because of it. */
  readonly leftOut: boolean;
}

/** The rules of all files, and what is wrong in each: `faults[i]` belongs to the i-th file. */
export interface AllRules {
  readonly rules: readonly OwnRule[];
  readonly faults: readonly (readonly RulesFault[])[];
}

/** The members of a rule, as written. */
type OwnRow = Partial<EntryRow> & Pick<EntryRow, "id" | "match" | "title" | "meaning"> & { readonly provider?: string };

interface Frame {
  readonly owner: Omit<Owner, "name">;
  readonly beside: Beside;
}

const mostRules = 2_000;

/** Reads all files; of two rules with one id the first stands. Nothing in a text makes it throw. */
export function readRules(files: readonly RulesText[]): AllRules {
  const ids = new Set<string>();
  const read = files.map((file) => readFile(file, ids));
  return {
    rules: read.flatMap(({ rules }) => rules).slice(0, mostRules),
    faults: read.map(({ faults }) => faults),
  };
}

interface OneFile {
  readonly rules: readonly OwnRule[];
  readonly faults: readonly RulesFault[];
}

function readFile(file: RulesText, ids: Set<string>): OneFile {
  const read = readJson(file.text);
  if ("fault" in read) return unusable([read.fault]);
  const entries = memberOf(read.node, "entries");
  const rows = entries?.kind === "array" ? entries.items : [];
  const formal = faultsOf(read.node, "rulesFile");
  const outside = formal.filter((fault) => !rows.some((row) => isWithin(fault, row)));
  if (outside.length > 0) return unusable(outside);
  const frame = frameOf(read.node, file, ids);
  const all = rows.map((row) => {
    const one = readRule(row, formal, frame);
    for (const { entry } of one.rules) ids.add(entry.id.slice(own.length + 1).toLowerCase());
    return one;
  });
  return { rules: all.flatMap(({ rules }) => rules), faults: all.flatMap(({ faults }) => faults) };
}

/** One rule: `formal` is what is wrong with the form of all of them. */
function readRule(row: Node, formal: readonly Fault[], { owner, beside }: Frame): OneFile {
  const wrong = formal.filter((fault) => isWithin(fault, row));
  const faults = wrong.length > 0 ? wrong : faultsOfRule(row, beside);
  if (faults.length > 0)
    return { rules: [], faults: faults.map((fault) => leavingOut(fault, "This rule is not used.")) };
  const doubts = unfitExamples(row).map((fault) => ({ ...fault, leftOut: false }));
  return { rules: [ruleOf(plainOf(row) as OwnRow, owner)], faults: doubts };
}

function unusable(faults: readonly Fault[]): OneFile {
  return { rules: [], faults: faults.map((fault) => leavingOut(fault, "No rule of this file is used.")) };
}

function leavingOut(fault: Fault, what: string): RulesFault {
  return { ...fault, message: `${fault.message} ${what}`, leftOut: true };
}

function isWithin({ start, end }: Fault, node: Node): boolean {
  return start >= node.start && end <= node.end;
}

/** Sources and contacts of a file whose form is right. */
function frameOf(file: Node, { name, changed }: RulesText, ids: ReadonlySet<string>): Frame {
  const { sources = [], contacts = {} } = plainOf(file) as {
    readonly sources?: readonly Partial<Source>[];
    readonly contacts?: Readonly<Record<string, ContactRow>>;
  };
  const itself = { id: own, name, checked: changed.toISOString().slice(0, 10) };
  const its = new Map([itself, ...sources].map((source) => [source.id ?? "", sourceOf(source)]));
  return {
    owner: { id: own, contacts, sourceOf: (id) => its.get(id) ?? sourceById(id) },
    beside: {
      ids,
      contacts: new Set(Object.keys(contacts)),
      isSource: (id) => its.has(id) || knownSource(id) !== undefined,
    },
  };
}

function sourceOf({ id = "", name = "", url, date, checked = "", via }: Partial<Source>): Source {
  return { id, name, url, date, checked, via };
}

function ruleOf({ provider, ...row }: OwnRow, owner: Omit<Owner, "name">): OwnRule {
  const name = provider === undefined ? "Your rules" : `Your rules for ${providerName(provider)}`;
  return { entry: entryOf(filled(row), { ...owner, name }), match: row.match, provider };
}

const itsWord = { grade: "observed", source: own, topic: "meaning" } as const;

function filled(row: OwnRow): EntryRow {
  const { token } = row.match;
  const [code = row.title.slice(0, 60)] = token === undefined ? [] : [token].flat();
  return {
    code,
    permanence: "by-reply",
    reason: "unknown",
    turn: "unknown",
    retry: "As the first digit says: 4 is tried again by itself, 5 is not.",
    remedies: [],
    claims: [{ ...itsWord, says: "A rule of your own explains this reply so." }],
    sources: [own],
    ...row,
  };
}
