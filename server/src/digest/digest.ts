// Counts the failures of a log by kind while it is read: exact counts and every failing line, a bounded number of examples.
import { createKeep } from "../log/keep.ts";
import type { Finding, Span } from "../model.ts";
import { findingPage } from "../tell/pages.ts";
import { tellingSpan } from "../tell/words.ts";
import { type Counter, createCounter } from "./counter.ts";
import { createLines, type Lines } from "./lines.ts";

/** What one provider has of a kind of failure. */
export interface Share {
  /** Its id; undefined when it is not known who answered. */
  readonly provider: string | undefined;
  readonly count: number;
  /** The first and the last time, as the log gives them. */
  readonly firstTime: string | undefined;
  readonly lastTime: string | undefined;
}

/** One kind of failure: the same explanation, the same permanence, the same direction. */
export interface Kind {
  /** The address of its explanation. */
  readonly page: string;
  readonly count: number;
  /** The first ones, in order; all of them when `count` is their number. Never empty. */
  readonly kept: readonly Finding[];
  readonly last: { readonly line: number; readonly span: Span };
  /** The first and the last time, as the log gives them. */
  readonly firstTime: string | undefined;
  readonly lastTime: string | undefined;
  /** By who answered: a common wording is used by many. */
  readonly shares: readonly Share[];
  readonly recipients: Counter;
  readonly sourceIps: Counter;
}

/** What is remembered of a log's failures. */
export interface Digest {
  /** Counts the findings of the next piece, which are behind those before. */
  add(findings: readonly Finding[]): void;
  /** In the order of their first failure. */
  readonly kinds: readonly Kind[];
  /** How many failures. */
  readonly count: number;
  readonly lines: Lines;
}

/** How much is remembered. */
export interface Bounds {
  /** Findings of one kind, and of all; when all are too many, the share of each kind is halved. */
  readonly perKind: number;
  readonly all: number;
  /** Kinds that are told apart by more than their entry. */
  readonly kinds: number;
}

const usual: Bounds = { perKind: 1_000, all: 20_000, kinds: 2_000 };
const mostTexts = 2_000;

interface Growing {
  readonly page: string;
  count: number;
  kept: Finding[];
  last: { line: number; span: Span };
  firstTime: string | undefined;
  lastTime: string | undefined;
  readonly shares: { -readonly [Key in keyof Share]: Share[Key] }[];
  readonly recipients: Counter;
  readonly sourceIps: Counter;
}

/** A digest of nothing yet. Findings are copied, so that they do not hold on to the text they were read from. */
export function createDigest(bounds: Bounds = usual): Digest {
  const kinds = new Map<string, Growing>();
  const lines = createLines();
  const keep = createKeep();
  let { perKind } = bounds;
  let [count, kept] = [0, 0];
  const shrink = (): void => {
    perKind = Math.max(1, Math.floor(perKind / 2));
    for (const kind of kinds.values()) kind.kept = kind.kept.slice(0, perKind);
    kept = [...kinds.values()].reduce((sum, kind) => sum + kind.kept.length, 0);
  };
  const addOne = (finding: Finding): void => {
    const kind = kindFor(kinds, finding, { most: bounds.kinds, keep });
    count++;
    lines.push(finding.delivery.line);
    note(kind, finding);
    if (kind.kept.length >= perKind) return;
    kind.kept.push(copy(finding));
    kept++;
    if (kept > bounds.all && perKind > 1) shrink();
  };
  return {
    add: (findings) => findings.forEach(addOne),
    get kinds() {
      return [...kinds.values()];
    },
    get count() {
      return count;
    },
    lines,
  };
}

/** The digest of findings that are all there. */
export function digestOf(findings: readonly Finding[]): Digest {
  const digest = createDigest();
  digest.add(findings);
  return digest;
}

interface Telling {
  readonly most: number;
  readonly keep: (text: string) => string;
}

// Masks are without number, entries are not.
function kindFor(kinds: Map<string, Growing>, finding: Finding, { most, keep }: Telling): Growing {
  const { entry, permanent, delivery } = finding;
  const rest = `${permanent} ${delivery.direction}`;
  const page = findingPage(finding);
  const known = kinds.get(`${page} ${rest}`);
  if (known !== undefined) return known;
  const key = kinds.size < most ? `${page} ${rest}` : `${entry.id} ${rest}`;
  const kind = kinds.get(key) ?? begun(finding, keep);
  kinds.set(key, kind);
  return kind;
}

function begun(finding: Finding, keep: (text: string) => string): Growing {
  const { line, time } = finding.delivery;
  return {
    page: findingPage(finding),
    ...{ count: 0, kept: [], last: { line, span: { start: 0, end: 0 } }, firstTime: time, lastTime: time },
    shares: [],
    recipients: createCounter(mostTexts, keep),
    sourceIps: createCounter(mostTexts, keep),
  };
}

function note(kind: Growing, { delivery, provider }: Finding): void {
  const { line, time, recipient, sourceIp } = delivery;
  kind.count++;
  kind.last = { line, span: tellingSpan(delivery) };
  kind.firstTime ??= time;
  kind.lastTime = time ?? kind.lastTime;
  kind.recipients.add(recipient);
  kind.sourceIps.add(sourceIp);
  const share = kind.shares.find((one) => one.provider === provider);
  if (share === undefined) {
    kind.shares.push({ provider, count: 1, firstTime: time, lastTime: time });
    return;
  }
  share.count++;
  share.firstTime ??= time;
  share.lastTime = time ?? share.lastTime;
}

/** A slice of a long text keeps the whole text in memory; a copy does not. */
function copy(finding: Finding): Finding {
  return { ...finding, delivery: structuredClone(finding.delivery), remarks: structuredClone(finding.remarks) };
}
