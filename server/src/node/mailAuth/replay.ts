// Goes through an SPF evaluation again by the answers that it got: the library tells the result, not how it came about.
import macro from "mailauth/lib/spf/macro.js";
import { shown } from "../../check/probe.ts";
import type { Books } from "./books.ts";
import { covers, leadsTo, type Sender, type SpfRecord, spfRecords, type Term } from "./terms.ts";

/** What an evaluation was, term by term. */
export interface Replay {
  /** The term that decided and the domain whose record holds it; undefined when none matched or it cannot be told. */
  readonly matched: { readonly term: string; readonly at: string } | undefined;
  /** Safe text: each record, the records it refers to beneath it, children indented by two blanks. */
  readonly lines: readonly string[];
}

const mostLines = 60;
const longestLine = 200;
// Ten look-ups (RFC 7208 4.6.4) lead to ten more records.
const mostRecords = 11;

interface Run {
  readonly books: Books;
  readonly sender: Sender;
  readonly lines: string[];
  /** Those lines that say what matched: true only when the result is the library's. */
  readonly marks: string[];
  records: number;
}

interface Step {
  /** What the records come to; undefined when they do not: an error, or a limit. */
  readonly result: "pass" | "fail" | "softfail" | "neutral" | undefined;
  readonly matched: Replay["matched"];
}

const broken: Step = { result: undefined, matched: undefined };
const results = { "+": "pass", "-": "fail", "~": "softfail", "?": "neutral" } as const;

/** Replays the evaluation of `domain`'s record, which came to `result`. Asks nothing. */
export function replay(domain: string, result: string, known: Pick<Run, "books" | "sender">): Replay {
  const run: Run = { ...known, lines: [], marks: [], records: 0 };
  const step = evaluate(domain, run, 0);
  if (step.result === result) return { ...step, lines: run.lines };
  return { matched: undefined, lines: run.lines.filter((line) => !run.marks.includes(line)) };
}

function evaluate(domain: string, run: Run, depth: number): Step {
  run.records += 1;
  if (run.records > mostRecords) return broken;
  const answer = run.books.answer(domain, "TXT");
  const records = spfRecords(answer);
  if (records.length === 0) say(run, depth, `${domain}: no SPF record`);
  for (const { text } of records) say(run, depth, `${domain}: ${text}`);
  const [record, another] = records;
  return record === undefined || another !== undefined ? broken : evaluateRecord(record, { domain, run, depth });
}

interface Place {
  readonly domain: string;
  readonly run: Run;
  readonly depth: number;
}

function evaluateRecord({ terms, redirect }: SpfRecord, place: Place): Step {
  for (const term of terms) {
    const step = term.name === "include" ? included(term, place) : plain(term, place);
    if (step !== undefined) return step;
  }
  if (redirect === undefined) return { result: "neutral", matched: undefined };
  const target = expand(redirect, place);
  return target === undefined ? broken : evaluate(target, place.run, place.depth + 1);
}

/** What an include comes to; undefined when it does not match (RFC 7208 5.2). */
function included(term: Term, place: Place): Step | undefined {
  const target = expand(term.target, place);
  // A name that cannot be asked for never matches.
  if (target === undefined || place.run.books.answer(target, "TXT") === undefined) return undefined;
  const inner = evaluate(target, place.run, place.depth + 1);
  if (inner.result === undefined) return broken;
  if (inner.result !== "pass") return undefined;
  return term.qualifier === "+" ? inner : decided(term, place);
}

function plain(term: Term, place: Place): Step | undefined {
  if (!matches(term, place)) return undefined;
  const mark = say(place.run, place.depth + 1, `${term.text} matches: ${results[term.qualifier]}`);
  place.run.marks.push(mark);
  return decided(term, place);
}

function decided(term: Term, { domain }: Place): Step {
  return { result: results[term.qualifier], matched: { term: term.text, at: domain } };
}

function matches(term: Term, place: Place): boolean {
  if (term.name === "all") return true;
  const { ip } = place.run.sender;
  if (term.name === "ip4" || term.name === "ip6") return covers(term, term.target, ip);
  const name = expand(term.target === "" ? place.domain : term.target, place);
  return name !== undefined && leadsTo(term, name, place.run);
}

/** The name that a domain-spec stands for; undefined for one that cannot be told. */
function expand(spec: string, { domain, run }: Place): string | undefined {
  // The validated name (RFC 7208 7.3) is not kept in the books.
  if (/%\{p/i.test(spec)) return undefined;
  try {
    return macro(spec, { ...run.sender, domain, mta: "unknown" }).replace(/\.$/, "");
  } catch {
    return undefined;
  }
}

function say({ lines }: Run, depth: number, text: string): string {
  const whole = `${"  ".repeat(depth)}${shown(text)}`;
  const line = whole.length > longestLine ? `${whole.slice(0, longestLine - 1)}…` : whole;
  if (lines.length < mostLines) lines.push(lines.length === mostLines - 1 ? "…" : line);
  return line;
}
