// Reads reports that a client sends back to have them copied or put into a letter: bounded, and in the shape that the words about them need.
import type { Address, Mail, Refusal, Report, Row, Rule, Subject, Turn } from "../model.ts";
import type { CopyParams, RequestParams } from "../protocol.ts";
import { member } from "./params.ts";

const mostReports = 50;
const mostRows = 200;
const mostLines = 500;
const longestText = 4_000;
const longestUri = 8_192;

/** The parameters of a copy; undefined when they hold anything that is no report. */
export function readCopyParams(value: unknown): CopyParams | undefined {
  const [reports, format] = [readReports(member(value, "reports")), member(value, "format")];
  if (reports === undefined || (format !== "markdown" && format !== "json")) return undefined;
  return { reports, format, redact: member(value, "redact") === true };
}

/** The parameters of a request to a provider; undefined when they name no page and log, or hold anything that is no report. */
export function readRequestParams(value: unknown): RequestParams | undefined {
  const [page, log, ip] = [member(value, "page"), member(value, "log"), optional(member(value, "ip"))];
  const reports = readReports(member(value, "reports") ?? []);
  if (typeof page !== "string" || typeof log !== "string" || reports === undefined) return undefined;
  return page.length > longestText || log.length > longestUri ? undefined : { page, log, ip, reports };
}

function readReports(sent: unknown): readonly Report[] | undefined {
  if (!Array.isArray(sent) || sent.length > mostReports) return undefined;
  const reports = sent.map(readReport).filter((report) => report !== undefined);
  return reports.length < sent.length ? undefined : reports;
}

function readReport(value: unknown): Report | undefined {
  const subject = readSubject(member(value, "subject"));
  const rows = member(value, "rows");
  if (subject === undefined || !Array.isArray(rows) || rows.length > mostRows) return undefined;
  const next = member(value, "next");
  const advice = optional(member(next, "text"));
  return {
    subject,
    rows: rows.map(readRow),
    verdict: text(member(value, "verdict")),
    conclusion: oneOf(conclusions, member(value, "conclusion")),
    next: advice === undefined ? undefined : { text: advice, turn: oneOf(turns, member(next, "turn")) },
    started: text(member(value, "started")),
    ended: oneOf(endings, member(value, "ended")) ?? "not-asked",
  };
}

const conclusions = ["explains", "consistent", "not-explained", "cannot-be-checked"] as const;
const endings = ["complete", "cancelled", "deadline", "offline", "not-asked"] as const;
const verdicts = ["listed", "not-listed", "blocked", "unknown", "not-checked", "pass", "fail"] as const;
const bearings = ["named", "considered", "context"] as const;
const turns: readonly Turn[] = ["you", "wait", "provider", "list-operator", "recipient", "account-owner", "unknown"];

function readSubject(value: unknown): Subject | undefined {
  const address = member(value, "address");
  const ip = optional(member(address, "text"));
  if (ip === undefined) return undefined;
  return {
    address: { text: ip, family: ip.includes(":") ? 6 : 4, ...classOf(address) },
    mail: readMail(member(value, "mail")),
    refusal: readRefusal(member(value, "refusal")),
  };
}

function classOf(address: unknown): Pick<Address, "class" | "explanation"> {
  const explanation = optional(member(address, "explanation"));
  return { class: explanation === undefined ? "public" : "reserved", explanation };
}

function readMail(value: unknown): Mail {
  const signatures = member(value, "signatures");
  return {
    helo: optional(member(value, "helo")),
    sender: optional(member(value, "sender")),
    headerFrom: optional(member(value, "headerFrom")),
    signatures: (Array.isArray(signatures) ? signatures : [])
      .slice(0, mostRows)
      .map((one) => ({ domain: text(member(one, "domain")), selector: text(member(one, "selector")) })),
    recipientDomain: optional(member(value, "recipientDomain")),
    ...(texts(member(value, "assumed")).includes("helo") && { assumed: ["helo"] as const }),
  };
}

function readRefusal(value: unknown): Refusal | undefined {
  const label = optional(member(value, "label"));
  if (label === undefined) return undefined;
  const [line, seen] = [member(value, "line"), member(value, "seen")];
  const count = number(member(seen, "count"));
  return {
    entry: text(member(value, "entry")),
    label,
    provider: optional(member(value, "provider")),
    time: optional(member(value, "time")),
    line: number(line),
    seen:
      count === undefined
        ? undefined
        : { count, first: optional(member(seen, "first")), last: optional(member(seen, "last")) },
    rule: readRule(member(value, "rule")),
  };
}

/** Of a rule only what a code stands for is told; the verdict has been made of the rest. */
function readRule(value: unknown): Rule {
  const rest = { named: [], considered: [], unseen: [], look: undefined, source: undefined };
  return { standsFor: text(member(value, "standsFor")), ...rest };
}

function readRow(value: unknown): Row {
  const of = (key: string): unknown => member(value, key);
  return {
    ...{ id: text(of("id")), probe: text(of("probe")), question: text(of("question")), answer: text(of("answer")) },
    bearing: oneOf(bearings, of("bearing")) ?? "context",
    verdict: oneOf(verdicts, of("verdict")) ?? "unknown",
    ...{ asked: texts(of("asked")), answers: texts(of("answers")), details: texts(of("details")) },
    ...{ lists: texts(of("lists")), ms: number(of("ms")) ?? 0, age: number(of("age")), resolver: text(of("resolver")) },
    ...{ remedy: optional(of("remedy")), turn: oneOf(turns, of("turn")), link: optional(of("link")) },
  };
}

function oneOf<T>(known: readonly T[], value: unknown): T | undefined {
  return known.find((one) => one === value);
}

function number(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;
}

function text(value: unknown): string {
  return optional(value) ?? "";
}

function optional(value: unknown): string | undefined {
  return typeof value === "string" ? value.slice(0, longestText) : undefined;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.slice(0, mostLines).map(text) : [];
}
